using System.Globalization;
using Seatrial.Wire;
using Seatrial.Worker.Health;
using Seatrial.Worker.Prefect;

namespace Seatrial.Worker.Recovery;

/// <summary>What waits on the local disk, as health checks.</summary>
internal static class RecoveryChecks
{
    private static readonly TimeSpan _longLag = TimeSpan.FromMinutes(1);

    /// <summary>Degraded while finished work waits for the database, or where there is no journal.</summary>
    public static HealthStatus OfJournal(Journal? journal, TimeProvider time)
    {
        var began = time.GetTimestamp();
        if (journal is null)
        {
            return Statuses.Create(
                HealthStatus.Degraded, "There is no journal: finished work waits in memory while the database is away.",
                [], time, began);
        }

        var (entries, bytes) = journal.Depth;
        var details = new Dictionary<string, string>
        {
            ["entries"] = Text(entries),
            ["bytes"] = Text(bytes),
            ["bytes_at_most"] = Text(journal.Most),
        };
        return entries == 0
            ? Statuses.Create(HealthStatus.Healthy, "Nothing waits for the database.", details, time, began)
            : Statuses.Create(
                HealthStatus.Degraded, $"{entries} finished batches wait for the database.", details, time, began);
    }

    /// <summary>Degraded when Prefect is behind by more than a minute, or refused something.</summary>
    public static HealthStatus OfOutbox(PrefectPart prefect, TimeProvider time)
    {
        var began = time.GetTimestamp();
        var state = prefect.State;
        var details = new Dictionary<string, string>
        {
            ["connected"] = prefect.IsConnected ? "true" : "false",
            ["depth"] = Text(state.Depth),
            ["lag_seconds"] = Text(Math.Round(state.Lag.TotalSeconds, 1)),
            ["dead_letters"] = Text(state.DeadLetters),
            ["conflicts"] = Text(state.Conflicts),
            ["dropped"] = Text(state.Dropped),
        };
        return state.Lag > _longLag
            ? Statuses.Create(
                HealthStatus.Degraded, $"Prefect is behind: {state.Depth} entries wait.", details, time, began)
            : state.DeadLetters > 0
            ? Statuses.Create(
                HealthStatus.Degraded, $"Prefect refused {state.DeadLetters} entries.", details, time, began)
            : Statuses.Create(
                HealthStatus.Healthy, $"{state.Depth} entries wait for Prefect.", details, time, began);
    }

    private static string Text(IFormattable figure) => figure.ToString(null, CultureInfo.InvariantCulture);
}
