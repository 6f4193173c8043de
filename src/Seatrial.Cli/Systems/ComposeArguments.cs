using System.CommandLine;
using Seatrial.Engine.Compose;

namespace Seatrial.Cli.Systems;

/// <summary>How commands name a system: a folder or files, with Compose's own options.</summary>
internal sealed class ComposeArguments
{
    private readonly Argument<string[]> _system = new("system")
    {
        Description = "A folder with a Compose file (the current one), or files to lay over each other.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string[]> _files = new("--file", "-f") { Description = "A Compose file; later ones win." };

    private readonly Option<string[]> _profiles = new("--profile") { Description = "A profile that is on." };

    private readonly Option<string[]> _variables = new("--env-file") { Description = "In place of .env." };

    private readonly Option<string?> _name = new("--project-name", "-p")
    {
        Description = "In place of the file's name.",
    };

    public void AddTo(Command command)
    {
        command.Add(_system);
        command.Add(_files);
        command.Add(_profiles);
        command.Add(_variables);
        command.Add(_name);
    }

    /// <summary>Relative paths start from the host's folder.</summary>
    public ComposeRequest Request(ParseResult parsed, ProgramHost host)
    {
        var named = Paths(parsed.GetValue(_system), host);
        var files = Paths(parsed.GetValue(_files), host);
        var folder = named is [var only, ..] && (named.Count is 1 || files.Count > 0) ? only : null;
        return new ComposeRequest
        {
            Path = folder ?? (named.Count > 0 ? Path.GetDirectoryName(named[0]) : null)
                ?? (files.Count > 0 ? Path.GetDirectoryName(files[0]) : null) ?? host.Directory,
            Files = files.Count > 0 ? files : named.Count > 1 ? named : [],
            Profiles = parsed.GetValue(_profiles) ?? [],
            ProjectName = parsed.GetValue(_name),
            EnvFiles = Paths(parsed.GetValue(_variables), host),
        };
    }

    // A blank path stays one, so that it is told as such.
    private static List<string> Paths(string[]? paths, ProgramHost host) =>
        [.. (paths ?? []).Select(path => IsNone(path) ? path : Path.GetFullPath(path, host.Directory))];

    private static bool IsNone(string path) => string.IsNullOrWhiteSpace(path) || path.Contains('\0');
}
