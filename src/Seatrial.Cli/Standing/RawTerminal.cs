using System.Diagnostics;
using Seatrial.Engine.Drivers;

namespace Seatrial.Cli.Standing;

/// <summary>
/// The terminal with every key going through as it comes, Ctrl-C too; as it was before, once disposed. Null where
/// input is none, or there is no <c>stty</c>.
/// </summary>
internal sealed class RawTerminal : IDisposable
{
    private readonly string _before;

    private RawTerminal(string before, TerminalSize size) => (_before, Size) = (before, size);

    public TerminalSize Size { get; }

    public static RawTerminal? Open(ProgramHost host)
    {
        if (!host.HasKeyboard || Stty("-g") is not { Length: > 0 } before)
        {
            return null;
        }

        Stty("raw", "-echo");
        return new RawTerminal(before, new TerminalSize(host.Width, host.Height));
    }

    public void Dispose() => Stty(_before);

    private static string? Stty(params string[] arguments)
    {
        using var stty = new Process
        {
            StartInfo = new ProcessStartInfo("stty", arguments) { RedirectStandardOutput = true },
        };
        try
        {
            stty.Start();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }

        var output = stty.StandardOutput.ReadToEnd().Trim();
        stty.WaitForExit();
        return stty.ExitCode is 0 ? output : null;
    }
}
