using Seatrial.Engine.Runs;
using Spectre.Console;

namespace Seatrial.Cli.Trials;

/// <summary>What shows a trial while it runs.</summary>
internal interface ITrialView : IProgress<TrialProgress>, IAsyncDisposable;

/// <summary>The view that fits where the output goes.</summary>
internal static class TrialViews
{
    public static ITrialView For(ProgramHost host, IAnsiConsole console) => host.Interactive
        ? new LiveView(console, host.Clock)
        : new PlainView(host.Out, host.Clock);
}
