using System.Text.Json;
using Seatrial.Engine.Histories;

namespace Seatrial.Engine.Measurements.Databases;

/// <summary>What the database said of itself in a run, as evidence.</summary>
internal static class DatabaseFile
{
    /// <summary>Its name in a run's folder.</summary>
    public const string Name = "database.jsonl.gz";

    public static BlockFileWriter Create(string folder, string service) =>
        BlockFileWriter.Create(Path.Combine(folder, Name), new DatabaseHeader(service));

    public static void Write(Utf8JsonWriter json, in DatabaseSample sample) =>
        JsonSerializer.Serialize(json, sample, EvidenceJson.Options);

    /// <summary>What a run's folder holds; null where nothing was recorded. What is damaged is read as far as it
    /// goes.</summary>
    public static DatabaseReading? Read(string folder)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path))
        {
            return null;
        }

        using var reader = new BlockFileReader<DatabaseHeader, DatabaseSample, DatabaseEnd>(path, Parse);
        var samples = new List<DatabaseSample>();
        while (reader.ReadBlock() is { } block)
        {
            samples.AddRange(block);
        }

        return new DatabaseReading(reader.Header?.Service ?? "", samples, reader.End?.Statements ?? [], reader.Damage);
    }

    private static DatabaseSample Parse(ReadOnlySpan<byte> line) =>
        JsonSerializer.Deserialize<DatabaseSample>(line, EvidenceJson.Options)
        ?? throw new InvalidDataException("a line is null");
}

/// <summary>The first line.</summary>
internal sealed record DatabaseHeader(string Service)
{
    public int Version { get; init; } = 1;
}

/// <summary>The last line.</summary>
internal sealed record DatabaseEnd(IReadOnlyList<StatementUse> Statements);

/// <summary>What was recorded.</summary>
/// <param name="Service">Of the database.</param>
/// <param name="Samples">In order.</param>
/// <param name="Statements">What each took, the most first; empty without <c>pg_stat_statements</c>.</param>
/// <param name="Damage">Why something may be missing; null when nothing is.</param>
public sealed record DatabaseReading(
    string Service,
    IReadOnlyList<DatabaseSample> Samples,
    IReadOnlyList<StatementUse> Statements,
    string? Damage = null);
