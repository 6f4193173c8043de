using System.Diagnostics.Metrics;
using Seatrial.Wire;
using Seatrial.Worker.Prefect;
using Seatrial.Worker.Processing;
using Seatrial.Worker.Recovery;

namespace Seatrial.Worker.Telemetry;

/// <summary>The instruments of what waits and of what is kept from being asked.</summary>
internal static class RecoveryInstruments
{
    private static readonly string[] _states =
        [CircuitBreaker.Closed, CircuitBreaker.Open, CircuitBreaker.HalfOpen];

    public static void AddBreakers(Meter meter, CircuitBreakers breakers)
    {
        meter.CreateObservableGauge(
            MetricNames.BreakerState,
            () => from breaker in breakers.All
                  from state in _states
                  select new Measurement<int>(
                      breaker.State == state ? 1 : 0,
                      Tag(MetricNames.Labels.Dependency, breaker.Service), Tag(MetricNames.Labels.State, state)),
            description: "1 for the state that a circuit breaker is in.");
        meter.CreateObservableCounter(
            MetricNames.BreakerOpenings,
            () => breakers.All.Select(breaker => new Measurement<long>(
                breaker.Openings, Tag(MetricNames.Labels.Dependency, breaker.Service))),
            "{opening}", "How often a circuit breaker opened, failed probes included.");
    }

    public static void AddIntake(Meter meter, WorkerContext worker)
    {
        meter.CreateObservableGauge(
            MetricNames.IntakeShare, () => worker.Intake.Percent / 100.0, "1",
            "What is claimed of a whole batch; 0 under pressure.");
        meter.CreateObservableUpDownCounter(
            MetricNames.JournalEntries, () => worker.Journal?.Depth.Entries ?? 0, "{entry}",
            "Finished batches that wait for the database.");
        meter.CreateObservableUpDownCounter(
            MetricNames.JournalSize, () => worker.Journal?.Depth.Bytes ?? 0, "By",
            "Content of the finished batches that wait.");
    }

    public static void AddOutbox(Meter meter, Func<PrefectPart?> prefect)
    {
        meter.CreateObservableUpDownCounter(
            MetricNames.OutboxDepth, () => Of(state => state.Depth), "{entry}", "What Prefect is still to be told.");
        meter.CreateObservableGauge(
            MetricNames.OutboxLag, () => Of(state => state.Lag.TotalSeconds), "s", "The age of the oldest of it.");
        meter.CreateObservableUpDownCounter(
            MetricNames.OutboxDeadLetters, () => Of(state => state.DeadLetters), "{entry}", "What Prefect refused.");

        IEnumerable<Measurement<T>> Of<T>(Func<OutboxState, T> part)
            where T : struct => prefect() is { } there ? [new Measurement<T>(part(there.State))] : [];
    }

    public static void AddDepths(Meter meter, Func<QueueDepths?> depths)
    {
        meter.CreateObservableUpDownCounter(
            MetricNames.QueueDepth, () => Of(depth => depth.Ready), "{job}",
            "Records that wait in a queue, as of the last beat.");
        meter.CreateObservableGauge(
            MetricNames.QueueOldestAge, () => Of(depth => depth.OldestSeconds), "s",
            "How long the first record of a queue has been due.");

        IEnumerable<Measurement<T>> Of<T>(Func<QueueDepth, T> part)
            where T : struct => (depths()?.Last ?? []).Select(depth => new Measurement<T>(
                part(depth), Tag(MetricNames.Labels.Queue, depth.Queue)));
    }

    private static KeyValuePair<string, object?> Tag(string name, object value) => new(name, value);
}
