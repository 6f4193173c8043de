using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Data.Sqlite;
using Seatrial.Engine.Checks;

namespace Seatrial.Engine.Runs;

/// <summary>Runs as rows.</summary>
internal static partial class RunRows
{
    public const string Columns = "id, system, suite, seed, started_at, duration, verdict, stopped_because, records, "
        + "version, machine, images, folder, command, load";

    public static (string Name, object? Value)[] Values(RunEntry run) =>
    [
        ("$id", run.Id),
        ("$system", run.System),
        ("$suite", run.Suite),
        ("$seed", run.Seed.ToString(CultureInfo.InvariantCulture)),
        ("$started_at", run.StartedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)),
        ("$duration", run.Duration.TotalSeconds),
        ("$verdict", run.Verdict.ToString().ToLowerInvariant()),
        ("$stopped_because", run.StoppedBecause),
        ("$records", run.Records),
        ("$version", run.Version),
        ("$machine", run.Machine),
        ("$images", JsonSerializer.Serialize(run.Images, NamesJson.Default.IReadOnlyDictionaryStringString)),
        ("$folder", run.Folder),
        ("$command", run.Command),
        ("$load", run.Load),
    ];

    public static RunEntry Read(SqliteDataReader row)
    {
        try
        {
            return new RunEntry
            {
                Id = row.GetString(0),
                System = row.GetString(1),
                Suite = row.GetString(2),
                Seed = ulong.Parse(row.GetString(3), CultureInfo.InvariantCulture),
                StartedAt = DateTimeOffset.Parse(
                    row.GetString(4), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
                Duration = TimeSpan.FromSeconds(row.GetDouble(5)),
                Verdict = Enum.Parse<Verdict>(row.GetString(6), ignoreCase: true),
                StoppedBecause = row.IsDBNull(7) ? null : row.GetString(7),
                Records = row.GetInt32(8),
                Version = row.GetString(9),
                Machine = row.GetString(10),
                Images = JsonSerializer.Deserialize(
                    row.GetString(11), NamesJson.Default.IReadOnlyDictionaryStringString)
                    ?? new Dictionary<string, string>(),
                Folder = row.GetString(12),
                Command = row.GetString(13),
                Load = row.GetString(14),
            };
        }
        catch (Exception damage) when (damage is FormatException or JsonException or ArgumentException
            or InvalidCastException or OverflowException)
        {
            throw new InvalidDataException("A run's row can't be read.", damage);
        }
    }

    [JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
    private sealed partial class NamesJson : JsonSerializerContext;
}
