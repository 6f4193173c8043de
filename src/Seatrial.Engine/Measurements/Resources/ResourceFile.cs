using System.Text.Json;
using Seatrial.Engine.Histories;

namespace Seatrial.Engine.Measurements.Resources;

/// <summary>The samples of a run as evidence: lines of JSON in hashed blocks, as the history is kept.</summary>
internal static class ResourceFile
{
    /// <summary>Its name in a run's folder.</summary>
    public const string Name = "resources.jsonl.gz";

    public static BlockFileWriter Create(string folder, TimeSpan every) =>
        BlockFileWriter.Create(Path.Combine(folder, Name), new ResourceHeader(every.TotalSeconds));

    public static void Write(Utf8JsonWriter json, in ResourceEntry entry) =>
        JsonSerializer.Serialize(json, entry, EvidenceJson.Options);

    /// <summary>What a run's folder holds; null where nothing was recorded. What is damaged is read as far as it
    /// goes.</summary>
    public static ResourceReading? Read(string folder)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path))
        {
            return null;
        }

        using var reader = new BlockFileReader<ResourceHeader, ResourceEntry, ResourceEnd>(path, Parse);
        var lives = new List<(ResourceEntry First, List<ResourceSample> Samples)>();
        while (reader.ReadBlock() is { } block)
        {
            foreach (var entry in block)
            {
                if (entry.Life == lives.Count)
                {
                    lives.Add((entry, []));
                }

                lives[entry.Life].Samples.Add(entry.Sample);
            }
        }

        return new ResourceReading(
            [.. lives.Select(life => new ResourceSeries(
                life.First.Container ?? "?", life.First.Service ?? "", life.First.Addresses ?? [], life.Samples))],
            reader.Damage ?? reader.End?.Failure);
    }

    private static ResourceEntry Parse(ReadOnlySpan<byte> line) =>
        JsonSerializer.Deserialize<ResourceEntry>(line, EvidenceJson.Options)
        ?? throw new InvalidDataException("a line is null");
}

/// <summary>A sample's line; the first of a life says whose it is.</summary>
internal sealed record ResourceEntry(
    int Life, string? Container, string? Service, IReadOnlyList<string>? Addresses, ResourceSample Sample);

/// <summary>The first line.</summary>
/// <param name="Every">Seconds between two looks.</param>
internal sealed record ResourceHeader(double Every)
{
    public int Version { get; init; } = 1;
}

/// <summary>The last line.</summary>
/// <param name="Failure">Why it was not recorded to the end; null when it was.</param>
internal sealed record ResourceEnd(string? Failure);

/// <summary>What was recorded.</summary>
/// <param name="Series">In the order of their beginning.</param>
/// <param name="Damage">Why something may be missing; null when nothing is.</param>
public sealed record ResourceReading(IReadOnlyList<ResourceSeries> Series, string? Damage);
