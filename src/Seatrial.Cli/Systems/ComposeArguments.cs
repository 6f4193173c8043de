using System.CommandLine;
using Seatrial.Engine.Compose;

namespace Seatrial.Cli.Systems;

/// <summary>How commands name a system that they only read: a folder or files, with Compose's own options.</summary>
internal sealed class ComposeArguments
{
    private readonly Argument<string[]> _system = new("system")
    {
        Description = "A folder with a Compose file (the current one), or files to lay over each other.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly ComposeOptions _options = new("--file", "-f");

    public void AddTo(Command command)
    {
        command.Add(_system);
        _options.AddTo(command);
    }

    /// <summary>Relative paths start from the host's folder.</summary>
    public ComposeRequest Request(ParseResult parsed, ProgramHost host) =>
        _options.Request(parsed.GetValue(_system) ?? [], parsed, host);
}
