using Seatrial.Engine.Drivers;

namespace Seatrial.Engine.Environments;

/// <summary>
/// Runs a starting container's own health check from outside, sooner and more often than the engine does: its first
/// probe comes after a whole interval, and engines before 25 know no start interval.
/// </summary>
internal static class StartProbes
{
    private const double Growth = 1.5;

    private static readonly TimeSpan _first = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(1);

    /// <summary>Ends when the check succeeds; where it can't be run from outside, only by cancellation.</summary>
    public static async Task HealthyAsync(
        EnvironmentSession session, ContainerState container, CancellationToken cancellationToken)
    {
        if (session.Driver.Containers is ICanExecute engine && CommandOf(container.HealthTest) is { } command)
        {
            try
            {
                await UntilAsync(engine, session.Clock, container.Id, command, cancellationToken);
                return;
            }
            catch (SeatrialException)
            {
                // It died, or has no such program: the engine's own probes and events tell.
            }
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, session.Clock, cancellationToken);
    }

    private static async Task UntilAsync(
        ICanExecute engine,
        TimeProvider clock,
        string id,
        IReadOnlyList<string> command,
        CancellationToken cancellationToken)
    {
        var request = new ExecRequest { Command = command };
        for (var wait = _first; ; wait = wait * Growth < _longest ? wait * Growth : _longest)
        {
            await Task.Delay(wait, clock, cancellationToken);
            var streams = new ExecStreams(Input: null, Stream.Null, Stream.Null);
            if (await engine.ExecuteAsync(id, request, streams, cancellationToken) is 0)
            {
                return;
            }
        }
    }

    private static IReadOnlyList<string>? CommandOf(IReadOnlyList<string> test) => test switch
    {
        ["CMD", _, ..] => [.. test.Skip(1)],
        ["CMD-SHELL", var text] => ["/bin/sh", "-c", text],
        _ => null,
    };
}
