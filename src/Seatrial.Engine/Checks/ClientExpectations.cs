using Seatrial.Engine.Histories;
using Seatrial.Engine.Measurements.Latencies;

namespace Seatrial.Engine.Checks;

/// <summary>What the client's answer makes of a record that the log saw come.</summary>
internal enum Expectation
{
    /// <summary>It was acknowledged.</summary>
    Acked,

    /// <summary>The answer was lost, and it is there.</summary>
    Recovered,

    /// <summary>The client was told that it is not there.</summary>
    Phantom,

    /// <summary>Nobody put it in.</summary>
    Nobody,
}

/// <summary>
/// What the client was told of each record. Ids mark the shared index; only attempts that ended without one are kept by
/// key.
/// </summary>
internal sealed class ClientExpectations(RecordTable records)
{
    private readonly Dictionary<(int Stage, string Key), Attempts> _byKey = [];

    /// <summary>Whether there is a client log at all.</summary>
    public bool IsKept { get; private set; }

    /// <summary>Why the client log is not whole; null when it is.</summary>
    public string? Damage { get; private set; }

    /// <summary>
    /// Records that were acknowledged under a key, whose id the client never learnt, and that the log has not seen.
    /// </summary>
    public IEnumerable<(int Stage, string Key)> AckedKeysUnseen =>
        _byKey.Where(attempts => attempts.Value.Acked > 0).Select(attempts => attempts.Key);

    /// <summary>Reads a folder's client log, which <paramref name="latencies"/> sees as well.</summary>
    public void Load(string folder, LatencyRecorder? latencies = null)
    {
        IsKept = true;
        using var log = ClientLog.Open(folder);
        while (log.ReadBlock() is { } block)
        {
            foreach (var acknowledgement in block)
            {
                Add(acknowledgement);
                latencies?.Sent(acknowledgement);
            }
        }

        Damage ??= log.Damage is null ? null : $"the client's log can't be read: {log.Damage}";
    }

    /// <summary>Takes one attempt.</summary>
    public void Add(in Acknowledgement acknowledgement)
    {
        IsKept = true;
        var stage = records.StageOf(acknowledgement.Queue);
        if (stage < 0)
        {
            Damage ??= $"the client's log names queue {acknowledgement.Queue}, which is no stage";
            return;
        }

        if (acknowledgement is { Outcome: AckOutcome.Acked, Record: { } record })
        {
            records[records.FindOrAdd(stage, record, acknowledgement.Key)].Marks |= RecordMarks.Acked;
            return;
        }

        if (acknowledgement.Key is not { } key)
        {
            Damage ??= "the client's log holds an attempt with neither id nor key";
            return;
        }

        var attempts = _byKey.GetValueOrDefault((stage, key));
        _byKey[(stage, key)] = acknowledgement.Outcome switch
        {
            AckOutcome.Acked => attempts with { Acked = attempts.Acked + 1 },
            AckOutcome.Unknown => attempts with { Unknown = attempts.Unknown + 1 },
            AckOutcome.Failed => attempts with { Failed = attempts.Failed + 1 },
        };
    }

    /// <summary>Finds the attempt that a record came from, and uses it up.</summary>
    public Expectation Match(in Observation seen)
    {
        if (seen.Before.Has(RecordMarks.Acked))
        {
            return Expectation.Acked;
        }

        if (seen.Event.Key is not { } key || !_byKey.TryGetValue((seen.Before.Stage, key), out var attempts))
        {
            return Expectation.Nobody;
        }

        var (expectation, left) = attempts switch
        {
            { Acked: > 0 } => (Expectation.Acked, attempts with { Acked = attempts.Acked - 1 }),
            { Unknown: > 0 } => (Expectation.Recovered, attempts with { Unknown = attempts.Unknown - 1 }),
            { Failed: > 0 } => (Expectation.Phantom, attempts with { Failed = attempts.Failed - 1 }),
            _ => (Expectation.Nobody, attempts),
        };
        _byKey[(seen.Before.Stage, key)] = left;
        return expectation;
    }

    private readonly record struct Attempts(int Acked, int Unknown, int Failed);
}
