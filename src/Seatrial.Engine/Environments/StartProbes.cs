using Seatrial.Engine.Drivers;

namespace Seatrial.Engine.Environments;

/// <summary>
/// Runs a starting container's own health check from outside, sooner than the engine does: its first probe comes after
/// a whole interval, and engines before 25 know no start interval. A probe takes processor time from what it waits for,
/// so the first one comes when the container begins to listen, where that can be seen from here.
/// </summary>
internal static class StartProbes
{
    private const double Growth = 1.5;

    private static readonly string[] _protocols = ["tcp", "tcp6"];
    private static readonly TimeSpan _first = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _silence = TimeSpan.FromMilliseconds(1500);
    private static readonly TimeSpan _betweenLooks = TimeSpan.FromMilliseconds(20);

    /// <summary>Ends when the check succeeds; where it can't be run from outside, only by cancellation.</summary>
    public static async Task HealthyAsync(
        EnvironmentSession session, ContainerState container, CancellationToken cancellationToken)
    {
        if (session.Driver.Containers is ICanExecute engine && CommandOf(container.HealthTest) is { } command)
        {
            try
            {
                await ListeningAsync(session.Clock, container.ProcessId, cancellationToken);
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
        var streams = new ExecStreams(Input: null, Stream.Null, Stream.Null);
        for (var wait = _first;
            await engine.ExecuteAsync(id, request, streams, cancellationToken) is not 0;
            wait = wait * Growth < _longest ? wait * Growth : _longest)
        {
            await Task.Delay(wait, clock, cancellationToken);
        }
    }

    /// <summary>
    /// Until the process listens at a TCP port, or for a while: not everything listens, nor is every engine's process
    /// this machine's.
    /// </summary>
    private static async Task ListeningAsync(TimeProvider clock, int processId, CancellationToken cancellationToken)
    {
        var (began, seen) = (clock.GetTimestamp(), "");
        while (clock.GetElapsedTime(began) < _silence)
        {
            // The kernel walks the sockets of the whole machine for each look at a table: only when their number
            // changed, which costs it a thousandth.
            var sockets = Sockets(processId);
            if (sockets != seen && Listens(processId))
            {
                return;
            }

            seen = sockets;
            await Task.Delay(_betweenLooks, clock, cancellationToken);
        }
    }

    // What follows orphans is of the whole machine.
    private static string Sockets(int processId) =>
        Read(processId, "sockstat", File.ReadAllText)?.Split(" orphan")[0]
        + Read(processId, "sockstat6", File.ReadAllText);

    private static bool Listens(int processId) =>
        _protocols.Any(protocol => Read(processId, protocol, File.ReadAllLines)?.Any(IsListening) == true);

    private static T? Read<T>(int processId, string file, Func<string, T> read)
        where T : class
    {
        try
        {
            return read($"/proc/{processId}/net/{file}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // sl  local_address rem_address   st …; the engine's own resolver listens at 127.0.0.11 in each container.
    private static bool IsListening(string line)
    {
        const string Listening = "0A";
        const string Resolver = "0B00007F:";
        return line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var local, _, Listening, ..]
            && !local.StartsWith(Resolver, StringComparison.Ordinal);
    }

    private static IReadOnlyList<string>? CommandOf(IReadOnlyList<string> test) => test switch
    {
        ["CMD", _, ..] => [.. test.Skip(1)],
        ["CMD-SHELL", var text] => ["/bin/sh", "-c", text],
        _ => null,
    };
}
