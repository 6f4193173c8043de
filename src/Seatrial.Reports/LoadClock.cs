using System.Globalization;
using Seatrial.Engine.Runs;

namespace Seatrial.Reports;

/// <summary>Instants as seconds since the load began: the axis that all of a suite's charts and tables share.</summary>
internal sealed record LoadClock(DateTimeOffset Zero, string Since)
{
    /// <summary>Where no load began, the run's own start is the zero, and the reports say so.</summary>
    public static LoadClock Of(RunResult result, SuiteResult suite) => suite.LoadStartedAt is { } start
        ? new LoadClock(start, "the load began")
        : new LoadClock(result.StartedAt, "the run began");

    public double SecondsAt(DateTimeOffset instant) => (instant - Zero).TotalSeconds;

    public double SecondsAt(long microseconds) => SecondsAt(Instants.FromMicroseconds(microseconds));

    /// <summary><c>14.021 s</c>.</summary>
    public string Label(DateTimeOffset instant) =>
        SecondsAt(instant).ToString("#,0.000", CultureInfo.InvariantCulture) + " s";

    /// <summary>The same; an infinity by its name.</summary>
    public string Label(long microseconds) => microseconds switch
    {
        long.MaxValue => "for ever",
        long.MinValue => "never",
        _ => Label(Instants.FromMicroseconds(microseconds)),
    };
}
