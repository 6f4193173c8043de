using Seatrial.Engine.Measurements.Databases;
using Seatrial.Engine.Measurements.Resources;

namespace Seatrial.Engine.Measurements.Bottlenecks;

/// <summary>
/// The evidence of the time that counts: the longest stretch in which records waited and no fault was at work. What a
/// system does with nothing to do holds nobody up.
/// </summary>
internal sealed class Situation
{
    /// <summary>A record more or less that waits is no backlog.</summary>
    private const long LeastBacklog = 10;

    private const int LeastSeconds = 5;

    private readonly List<ResourceSeries> _containers;
    private readonly List<DatabaseSample> _database;

    private Situation(PerformanceEvidence evidence, Window window)
    {
        Evidence = evidence;
        Window = window;
        _containers = [.. evidence.Resources.Where(
            series => series.Container != ResourceSeries.Host && Cores(series) is not null)];
        _database = [.. (evidence.Database?.Samples ?? []).Where(
            sample => sample.Failure is null && window.Holds(sample.At))];
        Waiting = [.. evidence.Stages.Where(IsWaiting)];
    }

    public PerformanceEvidence Evidence { get; }

    public Window Window { get; }

    /// <summary>The queues in which records waited for most of the time.</summary>
    public IReadOnlyList<StageLoad> Waiting { get; }

    public IReadOnlyList<ResourceSeries> Containers => _containers;

    /// <summary>What the database said, as often as it did.</summary>
    public IReadOnlyList<DatabaseSample> Database => _database;

    public ResourceSeries? Machine => Evidence.Resources.FirstOrDefault(
        series => series.Container == ResourceSeries.Host);

    public ResourceSeries? DatabaseContainer => _containers.Find(
        series => series.Service == Evidence.Database?.Service);

    /// <summary>Of the machine; 1 where it is not known.</summary>
    public double Processors => Machine?.Samples[0].CpuLimit ?? 1;

    /// <summary>The part of the machine's processors that is in use; 0 where it is not known.</summary>
    public double MachineUse => Machine is { } host
        ? Math.Min(1, (Cores(host) ?? 0) / Processors) : 0;

    /// <summary>The containers whose records wait; every one where no queue is known.</summary>
    public IEnumerable<ResourceSeries> Workers => Evidence.Stages.Count == 0
        ? _containers.Where(series => series != DatabaseContainer)
        : _containers.Where(series => Waiting.Any(stage => stage.Containers.Contains(series.Container)));

    /// <summary>Null where work never waited for long enough: then nothing holds it up.</summary>
    public static Situation? Of(PerformanceEvidence evidence) =>
        Busiest(evidence) is { } window ? new Situation(evidence, window) : null;

    public double? Cores(ResourceSeries series) => series.Cores(Window.From, Window.To);

    /// <summary>What a counter grew by in a second; 0 where it is not known.</summary>
    public double Rate(ResourceSeries series, Func<ResourceSample, double?> counter) =>
        series.Rate(counter, Window.From, Window.To) ?? 0;

    /// <summary>The cores that a container may have.</summary>
    public double Limit(ResourceSeries series) =>
        series.Samples.LastOrDefault(sample => Window.Holds(sample.At))?.CpuLimit ?? Processors;

    /// <summary>How many containers of its service ran.</summary>
    public int Replicas(ResourceSeries series) => _containers
        .Where(one => one.Service == series.Service).Select(one => one.Container).Distinct().Count();

    /// <summary>What a worker of Seatrial's framework was told; null for another.</summary>
    public WorkerSettings? Settings(ResourceSeries series) =>
        Evidence.Settings.FirstOrDefault(one => one.Service == series.Service);

    /// <summary>Twice as many workers, where each of them waits for something of its own.</summary>
    public ResourceChange TwiceTheReplicas(ResourceSeries series) => new(
        series.Service, ResourceSettings.Replicas, Replicas(series), 2 * Replicas(series));

    /// <summary>Records that its queue finished in a second, all of its workers together.</summary>
    public double RecordsPerSecond(ResourceSeries series) => Evidence.Stages
        .Where(stage => stage.Containers.Contains(series.Container))
        .Select(stage => Seconds(stage.Done).DefaultIfEmpty().Average(done => (double)done))
        .FirstOrDefault();

    /// <summary>The middle of what each look showed of the sessions.</summary>
    public double Mean(Func<DatabaseSample, double> what) => _database.Count == 0 ? 0 : _database.Average(what);

    /// <summary>The container with an address; the address itself where none has it.</summary>
    public string NameOf(string address) => Evidence.Resources
        .FirstOrDefault(series => series.Addresses.Contains(address))?.Container
        ?? (address.Length > 0 ? address : "the database's own host");

    /// <summary>Less of what little evidence shows.</summary>
    public static double Confidence(double value, int looks) =>
        Math.Round(Math.Clamp(value, 0.05, 0.95) * (looks < 10 ? 0.7 : 1), 2);

    private bool IsWaiting(StageLoad stage)
    {
        var seconds = Seconds(stage.Backlog).ToList();
        return seconds.Count(backlog => IsMuch(backlog, stage)) * 2 > seconds.Count;
    }

    /// <summary>The window's part of a stage's seconds.</summary>
    private IEnumerable<long> Seconds(IReadOnlyList<long> seconds)
    {
        var from = Math.Max(0, (int)(Window.From - Evidence.Zero).TotalSeconds);
        return seconds.Skip(from).Take((int)Math.Ceiling(Window.Seconds));
    }

    private static Window? Busiest(PerformanceEvidence evidence)
    {
        var all = evidence.Resources.SelectMany(series => series.Samples).Select(sample => sample.At)
            .Concat((evidence.Database?.Samples ?? []).Select(sample => sample.At)).DefaultIfEmpty(evidence.Zero);
        if (evidence.Stages.Count == 0)
        {
            return new Window(all.Min(), all.Max());
        }

        var (best, begin) = ((From: 0, To: 0), 0);
        var seconds = evidence.Stages.Max(stage => stage.Backlog.Count);
        for (var i = 0; i < seconds; i++)
        {
            if (!IsBusy(evidence, i) && !(i + 1 < seconds && i > begin && IsBusy(evidence, i + 1)))
            {
                begin = i + 1;
            }
            else if (i + 1 - begin > best.To - best.From)
            {
                best = (begin, i + 1);
            }
        }

        return best.To - best.From < LeastSeconds ? null
            : new Window(evidence.Zero.AddSeconds(best.From), evidence.Zero.AddSeconds(best.To));
    }

    private static bool IsBusy(PerformanceEvidence evidence, int second)
    {
        var now = new Window(evidence.Zero.AddSeconds(second), evidence.Zero.AddSeconds(second + 1));
        return !evidence.Disturbed.Any(now.Meets)
            && evidence.Stages.Any(stage => second < stage.Backlog.Count && IsMuch(stage.Backlog[second], stage));
    }

    /// <summary>More than a second's work: by Little's law a record then waits for longer than that.</summary>
    private static bool IsMuch(long backlog, StageLoad stage) =>
        backlog > Math.Max(LeastBacklog, stage.Done.Where(done => done > 0).DefaultIfEmpty().Average());
}
