using System.Globalization;
using Seatrial.Engine.Runs;

namespace Seatrial.Cli.Trials;

/// <summary>A line an event, for logs and pipes; the records' progress every two seconds.</summary>
internal sealed class PlainView(TextWriter output, TimeProvider clock) : ITrialView
{
    private static readonly TimeSpan BetweenCounts = TimeSpan.FromSeconds(2);

    private readonly long _began = clock.GetTimestamp();
    private readonly Pace _pace = new(clock);
    private readonly Lock _writing = new();
    private long _lastCounts;

    public void Report(TrialProgress value)
    {
        lock (_writing)
        {
            if (Line(value) is { } line)
            {
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{clock.GetElapsedTime(_began).TotalSeconds,6:0.0} s  {line}"));
                output.Flush();
            }
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private string? Line(TrialProgress value) => value switch
    {
        TrialProgress.StepBegan => null,
        TrialProgress.StepEnded { Timing: var step } => string.Create(
            CultureInfo.InvariantCulture, $"{step.Name} ({step.Duration.TotalSeconds:0.0} s) {step.Detail}").TrimEnd(),
        TrialProgress.Note note => note.Text,
        TrialProgress.FaultMoved { Fault: var fault } =>
            $"fault {FaultPhrases.Title(fault)}: {FaultPhrases.Stage(fault)}",
        TrialProgress.CountsMoved counts => Counts(counts),
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "An event that this view does not know."),
    };

    private string? Counts(TrialProgress.CountsMoved counts)
    {
        _pace.Add(counts.Queues);
        if (_lastCounts != 0 && clock.GetElapsedTime(_lastCounts) < BetweenCounts)
        {
            return null;
        }

        _lastCounts = clock.GetTimestamp();
        var queues = counts.Queues.Select(queue => string.Create(
            CultureInfo.InvariantCulture, $"{queue.Queue} {queue.Done:N0}/{queue.Expected:N0}"));
        return string.Create(CultureInfo.InvariantCulture, $"{string.Join("  ", queues)}  {_pace.PerSecond:N0}/s");
    }
}
