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
        // Sourced before the shell's own completion was set up, or without it at all.
        ["zsh"] = """
            #compdef seatrial
            (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
            _seatrial() {
              local -a found
              found=(${(f)"$("${(Q)words[1]}" "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)"})
              compadd -a -- found
              _files
            }
            compdef _seatrial seatrial
            """,

        // By the program that is typed: ./seatrial need not be on PATH.
        ["fish"] = """
            function __seatrial_suggest
              set -l line (commandline -pc | string collect | string trim --left)
              set -l program (commandline -po)[1]
              $program "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
            end
            complete -c seatrial -a '(__seatrial_suggest)'
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
