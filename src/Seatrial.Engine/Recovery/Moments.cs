namespace Seatrial.Engine.Recovery;

/// <summary>Instants as a pass over a history notes them, in the order of the log.</summary>
internal sealed class Moments(IReadOnlyList<string> stages)
{
    public IReadOnlyList<string> Stages { get; } = stages;

    /// <summary>Completions by stage.</summary>
    public IReadOnlyList<List<long>> Done { get; } = [.. stages.Select(_ => new List<long>())];

    /// <summary>Records that came into the first stage.</summary>
    public List<long> Came { get; } = [];

    /// <summary>Records that came or left.</summary>
    public List<(long At, int Change)> Backlog { get; } = [];

    public List<(long At, bool IsFirst)> Claims { get; } = [];

    /// <summary>How long a completed record had been in its queue, and the stage's index.</summary>
    public List<(long At, (long Length, int Stage) Wait)> Waits { get; } = [];

    /// <summary>Records taken from their holders.</summary>
    public List<long> Lost { get; } = [];

    public List<Takeover> Takeovers { get; } = [];

    /// <summary>The longest that a claim was granted; null where there are none.</summary>
    public long? Lease { get; set; }
}
