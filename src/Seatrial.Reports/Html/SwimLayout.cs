using Seatrial.Engine.Histories;

namespace Seatrial.Reports.Html;

/// <summary>
/// Where things stand in a record's lanes. Events are equally far apart, since the ones that matter lie microseconds
/// from each other and seconds from the rest; between them time runs evenly.
/// </summary>
internal sealed class SwimLayout
{
    public const double Left = 132;
    public const double Column = 92;
    public const double Top = 40;
    public const double Lane = 46;

    /// <summary>Of events that no worker did.</summary>
    public const string QueueLane = "queue";

    private readonly double[] _times;

    public SwimLayout(IReadOnlyList<HistoryEvent> history, LoadClock clock, Owners owners)
    {
        _times = [.. history.Select(happened => clock.SecondsAt(happened.At))];
        LaneOf = [.. history.Select(happened => happened.Owner is { } owner ? owners.Name(owner) : QueueLane)];
        Names = [.. LaneOf.Distinct().OrderBy(name => name != QueueLane)];
    }

    /// <summary>The lanes from the top.</summary>
    public List<string> Names { get; }

    /// <summary>Each event's lane.</summary>
    public IReadOnlyList<string> LaneOf { get; }

    /// <summary>The first event's second.</summary>
    public double First => _times[0];

    /// <summary>The last event's second.</summary>
    public double Last => _times[^1];

    public double Right => Left + (_times.Length * Column);

    public double Bottom => Top + (Names.Count * Lane);

    public double Width => Right + 12;

    public double Height => Bottom + 44;

    public static double X(int column) => Left + ((column + 0.5) * Column);

    public double Y(string lane) => Top + ((Names.IndexOf(lane) + 0.5) * Lane);

    /// <summary>Where an instant stands among the events; at the edge when it is outside them.</summary>
    public double XAt(double seconds)
    {
        var after = Array.FindIndex(_times, time => time > seconds);
        return after switch
        {
            < 0 => Right,
            0 => Left,
            _ => X(after - 1) + (Column * (seconds - _times[after - 1]) / (_times[after] - _times[after - 1])),
        };
    }
}
