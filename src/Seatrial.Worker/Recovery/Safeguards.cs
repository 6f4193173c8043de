using System.Globalization;
using Seatrial.Wire;
using Seatrial.Worker.Configuration;
using Seatrial.Worker.Dependencies;
using Seatrial.Worker.Health;
using Seatrial.Worker.Prefect;
using Seatrial.Worker.Processing;

namespace Seatrial.Worker.Recovery;

/// <summary>What keeps a worker from taking more than it can hold, with its checks.</summary>
internal sealed class Safeguards
{
    private readonly Backpressure _backpressure;
    private readonly BackpressureConfig _bounds;
    private readonly WorkerContext _context;
    private readonly HealthMonitor _monitor;
    private readonly ServiceOrchestrator _services;

    public Safeguards(
        WorkerContext context, HealthMonitor monitor, ServiceOrchestrator services, PrefectPart? prefect)
    {
        _context = context;
        _monitor = monitor;
        _services = services;
        _bounds = context.Config.Backpressure;
        Disk = new DiskGuard(
            context.Config.StateFolder, _bounds.DiskFree, Steps(context, prefect), context.Time, context.Logger);
        _backpressure = new Backpressure(Pressures(), context.Intake, context.Time, context.Logger);
        monitor.Add("intake", _backpressure.Check);
        monitor.Add("journal", () => RecoveryChecks.OfJournal(context.Journal, context.Time));
        monitor.Add("breakers", services.Breakers.Check);
        if (prefect is not null)
        {
            monitor.Add("outbox", () => RecoveryChecks.OfOutbox(prefect, context.Time));
        }

        // Before the first claim.
        Disk.Look();
        _backpressure.Look();
    }

    public DiskGuard Disk { get; }

    /// <summary>Until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(Disk.RunAsync(cancellationToken), _backpressure.RunAsync(cancellationToken));

    /// <summary>In the order in which room is made.</summary>
    private static List<(string What, Action Free)> Steps(WorkerContext context, PrefectPart? prefect)
    {
        var steps = new List<(string What, Action Free)>
        {
            ("Removed temporary files", () => TemporaryFiles.Clean(context.Config.StateFolder, context.Time)),
        };
        if (prefect is not null)
        {
            steps.Add(("Forgot what Prefect was told", prefect.GiveBack));
        }

        if (context.Journal is { } journal)
        {
            steps.Add(("Gave the journal's free pages back", journal.GiveBack));
        }

        return steps;
    }

    private List<Pressure> Pressures()
    {
        const double Percent = 100;
        var queue = _services.Databases.First(database => database.Plan.Name == ContainerVariables.QueueDatabase);
        var pressures = new List<Pressure>
        {
            new(
                "memory",
                () => Memory() is { MemoryLimitMb: > 0 } memory
                    ? memory.MemoryUsageMb / memory.MemoryLimitMb / (_bounds.MemoryPercent / Percent)
                    : 0,
                () => Text($"{Memory().MemoryUsageMb:F0} of {Memory().MemoryLimitMb:F0} MB")),
            new(
                "pool", () => queue.Connecting / _bounds.PoolWait,
                () => Text($"a connection after {queue.Connecting.TotalMilliseconds:F1} ms")),
            new(
                "database", () => queue.Answering / _bounds.DatabaseLatency,
                () => Text($"an answer after {queue.Answering.TotalMilliseconds:F1} ms")),
            new(
                "disk", () => Disk.IsLow ? 1 : 0,
                () => Disk.Room is var room && room.Free == long.MaxValue
                    ? "no state folder"
                    : Text($"{room.Free} bytes left, {room.Least} at least")),
        };
        if (_context.Journal is { } journal)
        {
            pressures.Add(new(
                "journal", () => journal.Depth.Bytes / (journal.Most * _bounds.JournalPercent / Percent),
                () => Text($"{journal.Depth.Bytes} of {journal.Most} bytes")));
        }

        return pressures;

        ResourceStatus Memory() => _monitor.CheckResourceUsage();
        static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
    }
}
