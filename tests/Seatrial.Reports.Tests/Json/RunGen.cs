using CsCheck;
using Seatrial.Engine.Checks;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Histories;
using Seatrial.Engine.Runs;

namespace Seatrial.Reports.Tests.Json;

/// <summary>Any run at all.</summary>
internal static class RunGen
{
    // Whole code points: JSON cannot carry half a surrogate.
    private static readonly Gen<string> Text =
        Gen.String[Gen.OneOf(Gen.Char['\0', '\u02ff'], Gen.Char['\u2000', '\u2bff']), 0, 12];

    private static readonly Gen<string?> Maybe =
        Gen.OneOf(Gen.Const((string?)null), Text.Select(text => (string?)text));

    private static readonly Gen<TimeSpan> Duration = Gen.Long[0, long.MaxValue].Select(TimeSpan.FromTicks);

    private static readonly Gen<DateTimeOffset> Instant =
        Gen.Long[0, DateTime.MaxValue.Ticks].Select(ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

    private static readonly Gen<DateTimeOffset?> MaybeInstant = Gen.Nullable(Instant);

    private static readonly Gen<Verdict> AnyVerdict = Gen.Enum<Verdict>();

    private static readonly Gen<long[]> Numbers = Gen.Long.Array[0, 5];

    private static readonly Gen<long> Lease = Gen.OneOf(
        Gen.Const(long.MinValue), Gen.Const(long.MaxValue), Gen.Long[0, 4_000_000_000_000_000]);

    private static readonly Gen<HistoryEvent> Event = Gen.Select(
        Gen.Select(Gen.Long, Gen.ULong, Gen.UInt, Gen.Long[0, 4_000_000_000_000_000], Gen.Enum<EventKind>()),
        Gen.Select(Text, Text, Maybe, Maybe, Maybe),
        Gen.Select(Gen.Nullable(Gen.Long), Gen.Nullable(Lease)),
        (what, texts, numbers) => new HistoryEvent
        {
            Index = what.Item1,
            CommitLsn = what.Item2,
            Xid = what.Item3,
            At = what.Item4,
            Kind = what.Item5,
            Queue = texts.Item1,
            Record = texts.Item2,
            Owner = texts.Item3,
            Key = texts.Item4,
            Detail = texts.Item5,
            Epoch = numbers.Item1,
            LeaseUntil = numbers.Item2,
        });

    private static readonly Gen<Finding> AFinding = Gen.Select(
        Text, Text, Event.Array[0, 3],
        (record, story, history) => new Finding { Record = record, Story = story, History = history });

    private static readonly Gen<CheckResult> Check = Gen.Select(
        Text, Text, Text, AnyVerdict, Gen.Long, AFinding.Array[0, 2],
        (id, title, summary, verdict, count, findings) => new CheckResult
        {
            Id = id,
            Title = title,
            Summary = summary,
            Verdict = verdict,
            Count = count,
            Findings = findings,
        });

    private static readonly Gen<FaultRecord> Fault = Gen.Select(
        Gen.Select(Text, Text, Maybe, Text, Text.Array[0, 3], Maybe),
        Gen.Select(MaybeInstant, MaybeInstant, MaybeInstant, MaybeInstant),
        (texts, steps) => new FaultRecord
        {
            Name = texts.Item1,
            TargetSpec = texts.Item2,
            Target = texts.Item3,
            Trigger = texts.Item4,
            Evidence = texts.Item5,
            Failure = texts.Item6,
            InjectedAt = steps.Item1,
            ConfirmedAt = steps.Item2,
            HealedAt = steps.Item3,
            ConfirmedHealedAt = steps.Item4,
        });

    private static readonly Gen<QueueSummary> Queue = Gen.Select(
        Text, Gen.Long.Array[7], Gen.Nullable(Gen.Long),
        (name, counts, again) => new QueueSummary(
            name, counts[0], counts[1], counts[2], counts[3], counts[4], counts[5], counts[6])
        {
            Redelivered = again,
        });

    private static readonly Gen<SuiteResult> Suite = Gen.Select(
        Gen.Select(Text, AnyVerdict, Duration, Check.Array[0, 3], Fault.Array[0, 2]),
        Gen.Select(Queue.Array[0, 2], MaybeInstant, Gen.Dictionary(Text, Text.Array[0, 2])[0, 2]),
        Gen.Select(Text, Maybe, Text, Gen.Long, Gen.Long).Array[0, 2],
        Gen.Select(Text, Numbers, Numbers, Numbers).Array[0, 2],
        (what, load, workers, series) => new SuiteResult
        {
            Name = what.Item1,
            Verdict = what.Item2,
            Duration = what.Item3,
            Checks = what.Item4,
            Faults = what.Item5,
            Queues = load.Item1,
            LoadStartedAt = load.Item2,
            Logs = load.Item3.ToDictionary(log => log.Key, log => (IReadOnlyList<string>)log.Value),
            Workers = [.. workers.Select(w => new WorkerShare(w.Item1, w.Item2, w.Item3, w.Item4, w.Item5))],
            Series = [.. series.Select(s => new QueueSeries(s.Item1, s.Item2, s.Item3, s.Item4))],
        });

    public static readonly Gen<RunResult> Run = Gen.Select(
        Gen.Select(AnyVerdict, Gen.Int, Text, Text, Text, Gen.ULong),
        Gen.Select(Instant, Duration, Maybe, Suite.Array[0, 2]),
        Gen.Select(Text, Duration, Text).Array[0, 3],
        Gen.Select(Text, Text, Text).Array[0, 2],
        Gen.Dictionary(Text, Text)[0, 3],
        (what, when, steps, images, environment) => new RunResult
        {
            Verdict = what.Item1,
            ExitCode = what.Item2,
            RunId = what.Item3,
            System = what.Item4,
            Command = what.Item5,
            Seed = what.Item6,
            StartedAt = when.Item1,
            Duration = when.Item2,
            StoppedBecause = when.Item3,
            Suites = when.Item4,
            Steps = [.. steps.Select(step => new StepTiming(step.Item1, step.Item2, step.Item3))],
            Images = [.. images.Select(image => new ImageUse(image.Item1, image.Item2, image.Item3))],
            Environment = environment,
        });
}
