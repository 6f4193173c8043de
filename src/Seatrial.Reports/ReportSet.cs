using System.Text;
using Seatrial.Engine;
using Seatrial.Engine.Runs;
using Seatrial.Reports.Html;
using Seatrial.Reports.Json;

namespace Seatrial.Reports;

/// <summary>Every form of a run's report, written into its folder.</summary>
public static class ReportSet
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The forms; a new one is a new file and a line here.</summary>
    public static IReadOnlyList<IReportWriter> Writers { get; } =
        [new HtmlReport(), new JsonReport(), new JUnitReport(), new MarkdownReport()];

    /// <summary>
    /// Writes all of them, replacing older ones, each at once and whole: a reader never sees half a report.
    /// Returns their paths in the order of <see cref="Writers"/>.
    /// </summary>
    public static async Task<IReadOnlyList<string>> WriteAsync(
        RunResult result, string folder, CancellationToken cancellationToken)
    {
        var paths = new List<string>(Writers.Count);
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var writer in Writers)
            {
                var path = Path.Combine(folder, writer.FileName);
                await File.WriteAllTextAsync(path + ".new", writer.Render(result), Utf8, cancellationToken);
                File.Move(path + ".new", path, overwrite: true);
                paths.Add(path);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SeatrialException(
                ExitCode.Usage,
                [
                    new Problem
                    {
                        What = $"The reports of run {result.RunId} could not be written.",
                        Where = folder,
                        Why = error.Message,
                        Fix = "Free the disk or name a folder that can be written to, then judge the run again.",
                    },
                ],
                error);
        }

        return paths;
    }
}
