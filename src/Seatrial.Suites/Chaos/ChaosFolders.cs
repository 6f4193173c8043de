using System.Globalization;
using Seatrial.Engine.Runs;

namespace Seatrial.Suites.Chaos;

/// <summary>Where rounds keep their evidence below a run's folder.</summary>
internal static class ChaosFolders
{
    private const string Name = "rounds";

    /// <summary>A new one, by its number.</summary>
    public static RunFolder Round(RunFolder run, int number) => RunFolder.Create(
        Path.Combine(run.Path, Name, number.ToString(CultureInfo.InvariantCulture)), run.Path, "");

    /// <summary>Those that there are, in order.</summary>
    public static IReadOnlyList<RunFolder> Rounds(RunFolder run)
    {
        var folder = Path.Combine(run.Path, Name);
        return Directory.Exists(folder)
            ?
            [
                .. Directory.EnumerateDirectories(folder)
                    .Where(path => int.TryParse(Path.GetFileName(path), out _))
                    .OrderBy(path => int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture))
                    .Select(path => new RunFolder(path))
                    .Where(round => File.Exists(round.Record)),
            ]
            : [];
    }
}
