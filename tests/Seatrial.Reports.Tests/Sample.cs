using Seatrial.Engine.Runs;

namespace Seatrial.Reports.Tests;

/// <summary>Sample runs by name, since test data has to be text.</summary>
internal static class Sample
{
    public static RunResult Named(string name) => name switch
    {
        "passed" => SampleRuns.Passed(),
        "failed" => SampleRuns.Failed(),
        "gap" => SampleRuns.Gap(),
        "interrupted" => SampleRuns.Interrupted(),
        "empty" => SampleRuns.Empty(),
        "faults" => SampleFaults.Run(),
        "hostile" => HostileRuns.Everywhere(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such sample."),
    };
}
