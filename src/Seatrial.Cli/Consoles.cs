using Spectre.Console;

namespace Seatrial.Cli;

/// <summary>The host's output as a console that knows colours and widths.</summary>
internal static class Consoles
{
    public static IAnsiConsole For(ProgramHost host)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(host.Out),
            Ansi = host.Interactive ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = host.Interactive && !host.Environment.ContainsKey("NO_COLOR")
                ? ColorSystemSupport.Standard
                : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = host.Width;
        return console;
    }
}
