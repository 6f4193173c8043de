namespace Seatrial.Engine.Workloads;

/// <summary>When each record of an open load is to come, decided before the first one does.</summary>
public sealed class ArrivalPlan
{
    private readonly LoadPhase[] _phases;
    private readonly TimeSpan[] _begins;
    private readonly long[] _firsts;

    public ArrivalPlan(IEnumerable<LoadPhase> phases)
    {
        _phases = [.. phases];
        _begins = new TimeSpan[_phases.Length];
        _firsts = new long[_phases.Length];
        for (var i = 0; i < _phases.Length; i++)
        {
            (_begins[i], _firsts[i]) = (Lasts, Records);
            Lasts += _phases[i].Lasts;
            Records += _phases[i].Records;
        }
    }

    /// <summary>How many come in all.</summary>
    public long Records { get; }

    /// <summary>From the first phase's begin to the last one's end.</summary>
    public TimeSpan Lasts { get; }

    public IReadOnlyList<LoadPhase> Phases => _phases;

    /// <summary>When a phase begins, since the load began.</summary>
    public TimeSpan BeginOf(int phase) => _begins[phase];

    /// <summary>When the record of this number, from 0, is due, since the load began.</summary>
    public TimeSpan DueAt(long record)
    {
        var phase = Array.FindLastIndex(_firsts, first => first <= record);
        var (_, shape, lasts, _) = _phases[phase];
        return _begins[phase] + TimeSpan.FromSeconds(shape.DueAt(record - _firsts[phase], lasts.TotalSeconds));
    }
}
