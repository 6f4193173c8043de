using System.CommandLine;
using Seatrial.Engine.Compose;

namespace Seatrial.Cli.Systems;

/// <summary>Compose's own options, by which commands read files in another way than the folder has it.</summary>
/// <param name="fileName">The option's names: <c>-f</c> means other things to some commands.</param>
internal sealed class ComposeOptions(params string[] fileName)
{
    private readonly Option<string[]> _files = new(fileName[0], fileName[1..])
    {
        Description = "A Compose file; later ones win.",
    };

    private readonly Option<string[]> _profiles = new("--profile") { Description = "A profile that is on." };

    private readonly Option<string[]> _variables = new("--env-file") { Description = "In place of .env." };

    private readonly Option<string?> _name = new("--project-name", "-p")
    {
        Description = "In place of the file's name.",
    };

    public void AddTo(Command command)
    {
        command.Add(_files);
        command.Add(_profiles);
        command.Add(_variables);
        command.Add(_name);
    }

    /// <summary>
    /// <paramref name="named"/> are the system's folder or file, or files to lay over each other; none is the host's
    /// folder, from which relative paths start.
    /// </summary>
    public ComposeRequest Request(IReadOnlyList<string> named, ParseResult parsed, ProgramHost host)
    {
        var paths = Paths(named, host);
        var files = Paths(parsed.GetValue(_files), host);
        var folder = paths is [var only, ..] && (paths.Count is 1 || files.Count > 0) ? only : null;
        return new ComposeRequest
        {
            Path = folder ?? (paths.Count > 0 ? Path.GetDirectoryName(paths[0]) : null)
                ?? (files.Count > 0 ? Path.GetDirectoryName(files[0]) : null) ?? host.Directory,
            Files = files.Count > 0 ? files : paths.Count > 1 ? paths : [],
            Profiles = parsed.GetValue(_profiles) ?? [],
            ProjectName = parsed.GetValue(_name),
            EnvFiles = Paths(parsed.GetValue(_variables), host),
        };
    }

    // A blank path stays one, so that it is told as such.
    private static List<string> Paths(IEnumerable<string>? paths, ProgramHost host) =>
        [.. (paths ?? []).Select(path => IsNone(path) ? path : Path.GetFullPath(path, host.Directory))];

    private static bool IsNone(string path) => string.IsNullOrWhiteSpace(path) || path.Contains('\0');
}
