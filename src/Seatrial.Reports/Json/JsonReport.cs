using System.Text.Encodings.Web;
using System.Text.Json;
using Seatrial.Engine;
using Seatrial.Engine.Runs;

namespace Seatrial.Reports.Json;

/// <summary><c>report.json</c>: the run as data, which can be read back.</summary>
public sealed class JsonReport : IReportWriter
{
    /// <summary>Its name in the run's folder.</summary>
    public const string Name = "report.json";

    private static readonly RunJson Contract = new(new JsonSerializerOptions(RunJson.Default.Options)
    {
        // The file is never a part of a page, and its sentences are to be found with grep.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <inheritdoc/>
    public string FileName => Name;

    /// <inheritdoc/>
    public string Render(RunResult result) => JsonSerializer.Serialize(Sorted(result), Contract.RunResult) + "\n";

    /// <summary>The run that a report was written of.</summary>
    /// <exception cref="SeatrialException">The file is missing, or is no report.</exception>
    public static async Task<RunResult> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(path);
            return await JsonSerializer.DeserializeAsync(file, Contract.RunResult, cancellationToken)
                ?? throw new JsonException("The file holds nothing but null.");
        }
        catch (JsonException error)
        {
            var position = new SourcePosition(
                path, (int)(error.LineNumber ?? 0) + 1, (int)(error.BytePositionInLine ?? 0) + 1);
            throw Unreadable("The file is not a report of a run.", position.ToString(), error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unreadable("The run's report cannot be read.", path, error);
        }
    }

    private static SeatrialException Unreadable(string what, string where, Exception error) => new(
        ExitCode.Usage,
        [
            new Problem
            {
                What = what,
                Where = where,
                Why = error.Message,
                Fix = $"Name the folder of a finished run: it holds a {Name}.",
            },
        ],
        error);

    /// <summary>A dictionary's own order is chance; the same run must give the same bytes.</summary>
    private static RunResult Sorted(RunResult result) => result with
    {
        Environment = Sorted(result.Environment),
        Suites = [.. result.Suites.Select(suite => suite with { Logs = Sorted(suite.Logs) })],
    };

    private static SortedDictionary<string, T> Sorted<T>(IReadOnlyDictionary<string, T> values) =>
        new(values.ToDictionary(), StringComparer.Ordinal);
}
