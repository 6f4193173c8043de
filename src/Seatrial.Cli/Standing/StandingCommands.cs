using System.CommandLine;

namespace Seatrial.Cli.Standing;

/// <summary>The commands around a system that stands until it is taken down.</summary>
internal static class StandingCommands
{
    public static IEnumerable<Command> Create(ProgramHost host) =>
    [
        UpCommand.Create(host),
        DownCommand.Create(host),
        PsCommand.Create(host),
        LogsCommand.Create(host),
        ExecCommand.Create(host),
        PsqlCommand.Create(host),
        StopCommand.Create(host),
        RestartCommand.Create(host),
        ScaleCommand.Create(host),
        EventsCommand.Create(host),
    ];
}
