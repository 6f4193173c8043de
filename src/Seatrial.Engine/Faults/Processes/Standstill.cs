using System.Runtime.InteropServices;
using Seatrial.Engine.Drivers;
using Seatrial.Engine.Environments;
using Seatrial.Engine.Faults.Databases;
using Seatrial.Engine.Histories;

namespace Seatrial.Engine.Faults.Processes;

/// <summary>
/// A worker that is stopped in a moment at which it holds records, between its transactions. By a signal, which takes a
/// tenth of the time that the freezer does: it holds records for a few milliseconds only. Where its process is one of
/// this host it gets the signal straight from here: the engine starts a program for it, and by then it is over.
/// </summary>
internal sealed class Standstill(FaultScene scene, RunningContainer worker)
{
    private const int MostAttempts = 100;

    /// <summary>So many attempts wait for a moment between transactions; one that works within a single one has
    /// none.</summary>
    private const int ChoosyAttempts = 50;

    /// <summary>SIGSTOP, on Linux.</summary>
    private const int Stop = 19;

    /// <summary>What was asked before the signal needs this long to reach the database.</summary>
    private static readonly TimeSpan _onItsWay = TimeSpan.FromMilliseconds(10);

    /// <summary>And this long at most to be done there, but for what waits for a lock.</summary>
    private static readonly TimeSpan _underWay = TimeSpan.FromMilliseconds(100);

    private bool _isStopped;

    /// <summary>Stops it; returns what it holds.</summary>
    /// <param name="cancellationToken">Ends the attempts; <see cref="LetGoAsync"/> is still to be called.</param>
    /// <exception cref="FaultNotSeenException">It never was caught holding any, or nobody records the log.</exception>
    public async Task<OwnerCounts> CatchAsync(CancellationToken cancellationToken)
    {
        var process = (await scene.Driver.Containers.InspectAsync(worker.Id, cancellationToken))?.ProcessId ?? 0;
        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            await scene.SeeAsync(worker, "held a record", (owner, _) => owner.Held > 0, cancellationToken);
            _isStopped = true;
            if (!IsHere(process) || Kill(process, Stop) is not 0)
            {
                await Signals.KillAsync(worker.Id, "SIGSTOP", cancellationToken);
            }

            // What it was caught with shows only when a completion that was on its way has arrived, and the log has
            // been read up to now.
            var isInTransaction = await SettleAsync(cancellationToken);
            await Log.SoundAsync(cancellationToken);
            var isRight = attempt > ChoosyAttempts || !isInTransaction;
            if (isRight && FaultScene.CountsOf(Log.Counts, worker) is { Held: > 0 } counts)
            {
                return counts;
            }

            await LetGoAsync(cancellationToken);
        }

        throw new FaultNotSeenException(
            $"In {MostAttempts} attempts {worker.ShortName} was never caught holding a record.");
    }

    /// <summary>Lets it go on, if it still stands.</summary>
    public async Task LetGoAsync(CancellationToken cancellationToken)
    {
        if (_isStopped && await scene.Driver.Containers.InspectAsync(worker.Id, cancellationToken) is { Running: true })
        {
            await Signals.KillAsync(worker.Id, "SIGCONT", cancellationToken);
        }

        _isStopped = false;
    }

    /// <summary>Waits until the database has done what it was asked; returns whether a transaction is left
    /// open.</summary>
    private async Task<bool> SettleAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(_onItsWay, scene.Clock, cancellationToken);
        if (scene.Database is not { } database)
        {
            await Task.Delay(_underWay, scene.Clock, cancellationToken);
            return false;
        }

        var began = scene.Clock.GetTimestamp();
        await using var session = await database.OpenAsync(scene.Clock, cancellationToken);
        var sessions = await Sessions.OfAsync(session, scene, worker, cancellationToken);
        while (await Sessions.ActiveAsync(session, sessions, cancellationToken) > 0
            && scene.Clock.GetElapsedTime(began) < _underWay)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(2), scene.Clock, cancellationToken);
        }

        return await Sessions.InTransactionAsync(session, sessions, cancellationToken) > 0;
    }

    /// <summary>Whether a process of this host is the worker's: it stands in the cgroup of its container.</summary>
    private bool IsHere(int process)
    {
        try
        {
            return process > 0
                && File.ReadAllText($"/proc/{process}/cgroup").Contains(worker.Id, StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);

    private ICanKill Signals => scene.Driver.Containers as ICanKill
        ?? throw new FaultNotSeenException("This driver can't send signals.");

    private WalRecorder Log => scene.Log
        ?? throw new FaultNotSeenException("Nobody records the log, in which what it holds would be seen.");
}
