using Seatrial.Engine;

namespace Seatrial.Cli.New;

/// <summary>The repository that a command stands in.</summary>
internal static class Checkout
{
    private static readonly string[] _marks =
        [SolutionFile.Name, "flows/Directory.Build.props", "systems/rpa/base/Dockerfile", "src/Seatrial.Worker"];

    /// <summary>The folder, or one above it, that holds what a new flow stands on.</summary>
    /// <exception cref="SeatrialException">There is none.</exception>
    public static string RootAbove(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (_marks.All(mark => Path.Exists(Path.Combine(at.FullName, mark))))
            {
                return at.FullName;
            }
        }

        throw new SeatrialException(
            ExitCode.Usage, "This is no checkout of Seatrial, which a new flow is built in.", folder,
            $"change to the folder that holds {string.Join(", ", _marks)}.");
    }

    /// <summary>Makes new files only; one that has come in between ends it.</summary>
    public static async Task WriteAsync(
        string root, IEnumerable<NewFile> files, CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            var path = Path.Combine(root, file.Path);
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path) ?? root);
                await using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
                await using var writer = new StreamWriter(stream);
                await writer.WriteAsync(file.Text.AsMemory(), cancellationToken);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new SeatrialException(
                    ExitCode.Usage, $"{file.Path} could not be made: {e.Message}", path,
                    "make the folder writable, remove what was made so far, and run the command again.");
            }
        }
    }
}
