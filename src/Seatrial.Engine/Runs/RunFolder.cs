using System.Globalization;
using System.Security.Cryptography;

namespace Seatrial.Engine.Runs;

/// <summary>Where a run keeps its evidence and its reports.</summary>
public sealed record RunFolder(string Path)
{
    /// <summary>The folder of runs below the folder that a command is given in.</summary>
    public const string Runs = ".seatrial/runs";

    private const string RecordFile = "run.json";

    /// <summary>The run's own record, beside the history.</summary>
    public string Record => System.IO.Path.Combine(Path, RecordFile);

    /// <summary>Unique, in the order of time, and fit for names on an engine: <c>20261124-063812-1a2b3c4d</c>. By
    /// chance, and not by the seed: two runs of one seed may stand side by side.</summary>
    public static string NewId(TimeProvider clock) => string.Create(
        CultureInfo.InvariantCulture,
        $"{clock.GetLocalNow():yyyyMMdd-HHmmss}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}");

    /// <summary>Makes the folder of a new run: <paramref name="path"/>, or one by the run's id below
    /// <paramref name="directory"/>.</summary>
    /// <exception cref="SeatrialException">It holds another run, or can't be made.</exception>
    public static RunFolder Create(string? path, string directory, string runId)
    {
        var folder = path is null
            ? System.IO.Path.Combine(directory, Runs, runId)
            : System.IO.Path.GetFullPath(path, directory);
        try
        {
            if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            {
                throw new SeatrialException(
                    ExitCode.Usage,
                    "The run's folder is not empty: a run's evidence is never written over.",
                    folder,
                    "Give --out a folder that is new or empty.");
            }

            Directory.CreateDirectory(folder);
            return new RunFolder(folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new SeatrialException(
                ExitCode.Usage,
                [new Problem
                {
                    What = "The run's folder can't be made.",
                    Where = folder,
                    Why = failure.Message,
                    Fix = "Give --out a folder that this user may write.",
                }],
                failure);
        }
    }

    /// <summary>The folder of a kept run: a path, or a run's id below <paramref name="directory"/>.</summary>
    /// <exception cref="SeatrialException">There is no run.</exception>
    public static RunFolder Open(string run, string directory)
    {
        string[] places =
        [
            System.IO.Path.GetFullPath(run, directory),
            System.IO.Path.Combine(directory, Runs, run),
        ];
        return places.Select(place => new RunFolder(place)).FirstOrDefault(folder => File.Exists(folder.Record))
            ?? throw new SeatrialException(
                ExitCode.Usage,
                $"There is no run {run}.",
                string.Join(" or ", places),
                $"Name a run's folder, or an id below {System.IO.Path.Combine(directory, Runs)}.");
    }
}
