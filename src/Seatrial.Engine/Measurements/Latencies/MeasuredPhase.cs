namespace Seatrial.Engine.Measurements.Latencies;

/// <summary>What was measured of the records that were due in a phase.</summary>
public sealed class MeasuredPhase(PhaseSpan span, IReadOnlyList<string> stages)
{
    public PhaseSpan Span { get; } = span;

    /// <summary>From the instant at which a record was due to its completion in the last stage.</summary>
    public Latency Latency { get; } = new();

    /// <summary>From the instant at which a record was due to its sending: how late the generator was.</summary>
    public Latency Lateness { get; } = new();

    /// <summary>By stage, in the order of the way.</summary>
    public IReadOnlyList<MeasuredStage> Stages { get; } = [.. stages.Select(stage => new MeasuredStage(stage))];

    /// <summary>Records that were sent.</summary>
    public long Sent { get; internal set; }

    /// <summary>Records that could not be put in, or were given up as dead.</summary>
    public long Errors { get; internal set; }

    /// <summary>Of the records that were sent, those that were not taken in.</summary>
    public long Refused { get; internal set; }

    /// <summary>Of the records that were sent, those of which nobody knows whether they were taken in.</summary>
    public long Unanswered { get; internal set; }

    /// <summary>Completions in the last stage a second, of whatever records, while the phase was on.</summary>
    public double Throughput { get; internal set; }

    /// <summary>Records that waited or were held at its begin, at its end, and at most in between.</summary>
    public (long Begin, long End, long Most) Backlog { get; internal set; }

    /// <summary>Records by which the backlog grew in a second, by least squares over the phase.</summary>
    public double BacklogGrowth { get; internal set; }
}

/// <summary>What was measured in one stage.</summary>
public sealed class MeasuredStage(string stage)
{
    public string Stage { get; } = stage;

    /// <summary>From coming into the queue to the first claim.</summary>
    public Latency Wait { get; } = new();

    /// <summary>From the last claim to the completion's commit.</summary>
    public Latency Run { get; } = new();

    /// <summary>From coming into the queue to the completion's commit.</summary>
    public Latency Latency { get; } = new();

    /// <summary>Completions a second while the phase was on.</summary>
    public double Throughput { get; internal set; }
}
