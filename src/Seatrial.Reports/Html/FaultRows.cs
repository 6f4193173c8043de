using Seatrial.Engine.Faults;
using Seatrial.Engine.Runs;

namespace Seatrial.Reports.Html;

/// <summary>
/// Which fault stands in which row: a band for each lane of the catalogue, and in it as few rows as let every fault
/// have its name beside it.
/// </summary>
internal sealed class FaultRows
{
    /// <summary>Of a label's letters, on average.</summary>
    private const double LetterWidth = 6.6;

    private const double Gap = 12;

    private readonly Axis _time;
    private readonly LoadClock _clock;

    public FaultRows(IReadOnlyList<FaultRecord> faults, LoadClock clock, Axis time)
    {
        (_time, _clock) = (time, clock);
        foreach (var lane in faults.Select(Place).GroupBy(place => LaneOf(place.Fault)).OrderBy(lane => lane.Key.Order))
        {
            var rows = new List<List<FaultPlace>>();
            foreach (var place in lane.OrderBy(place => place.Left))
            {
                var row = rows.Find(row => row.TrueForAll(other => IsFree(place, other)));
                if (row is null)
                {
                    rows.Add(row = []);
                }

                row.Add(place);
            }

            Lanes.Add((lane.Key.Name, rows));
        }
    }

    /// <summary>From the top.</summary>
    public List<(string Name, List<List<FaultPlace>> Rows)> Lanes { get; } = [];

    public int Count => Lanes.Sum(lane => lane.Rows.Count);

    /// <summary>The last instant of any fault, in seconds; 0 without one.</summary>
    public static double LastSecond(IReadOnlyList<FaultRecord> faults, LoadClock clock) => faults
        .SelectMany(FaultSteps.Of)
        .Select(step => clock.SecondsAt(step.At))
        .DefaultIfEmpty()
        .Max();

    private static bool IsFree(FaultPlace one, FaultPlace other) => one.To < other.From || other.To < one.From;

    private static (int Order, string Name) LaneOf(FaultRecord fault) => FaultCatalogue.Names.Contains(fault.Name)
        ? ((int)FaultCatalogue.Of(fault.Name).Lane, FaultCatalogue.Of(fault.Name).Lane.ToString().ToLowerInvariant())
        : (int.MaxValue, "other");

    private FaultPlace Place(FaultRecord fault)
    {
        var label = VerdictSentences.Name(fault) + (fault.Proven ? "" : " – ? not proven")
            + (fault.InjectedAt is null ? ", never injected" : "");
        var width = label.Length * LetterWidth;
        if (fault.InjectedAt is not { } injected)
        {
            return new FaultPlace(fault, label, _time.From, _time.From, _time.From + 6, false, _time.From, _time.To);
        }

        var left = _time.At(_clock.SecondsAt(injected));
        var right = fault.HealedAt is { } healed ? _time.At(_clock.SecondsAt(healed)) : _time.To;
        right = Math.Max(right, left + 2);
        var last = Math.Max(right, _time.At(LastSecond([fault], _clock)));
        return last + Gap + width < _time.To
            ? new FaultPlace(fault, label, left, right, last + Gap, false, left - Gap, last + Gap + width)
            : new FaultPlace(fault, label, left, right, left - Gap, true, left - Gap - width, last + Gap);
    }
}

/// <summary>A fault's bar and label.</summary>
/// <param name="Fault">Which.</param>
/// <param name="Label">Its name, with what is wrong.</param>
/// <param name="Left">Where it was injected.</param>
/// <param name="Right">Where it was healed.</param>
/// <param name="LabelAt">Where the label begins, or ends.</param>
/// <param name="EndsThere">Whether the label ends there.</param>
/// <param name="From">From where on the row is taken.</param>
/// <param name="To">Up to where.</param>
internal sealed record FaultPlace(
    FaultRecord Fault, string Label, double Left, double Right, double LabelAt, bool EndsThere, double From, double To);
