using System.CommandLine;
using Seatrial.Engine;

namespace Seatrial.Cli.Machine;

/// <summary><c>seatrial completion bash|zsh|fish</c>: a script for the shell's start-up file.</summary>
internal static class CompletionCommand
{
    private static readonly Dictionary<string, string> _scripts = new()
    {
        ["bash"] = """
            _seatrial() {
              mapfile -t COMPREPLY < <("${COMP_WORDS[0]}" "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null \
                | grep -- "^${COMP_WORDS[COMP_CWORD]}")
            }
            complete -o default -F _seatrial seatrial ./seatrial
            """,
        ["zsh"] = """
            #compdef seatrial
            _seatrial() {
              local -a found
              found=("${(@f)$("${words[1]}" "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
              compadd -a found
              _files
            }
            compdef _seatrial seatrial ./seatrial
            """,
        ["fish"] = """
            complete -c seatrial -a '(seatrial "[suggest:"(commandline -C)"]" (commandline) 2>/dev/null)'
            """,
    };

    public static Command Create(ProgramHost host)
    {
        var shell = new Argument<string>("shell") { Description = "Which shell." };
        shell.AcceptOnlyFromAmong([.. _scripts.Keys]);
        var command = new Command("completion", "Print what has the shell complete commands; source it.") { shell };
        command.SetAction(parsed =>
        {
            host.Out.WriteLine(_scripts[parsed.GetRequiredValue(shell)]);
            return (int)ExitCode.Pass;
        });
        return command;
    }
}
