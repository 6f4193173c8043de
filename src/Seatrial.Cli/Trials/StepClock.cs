using Seatrial.Engine.Runs;

namespace Seatrial.Cli.Trials;

/// <summary>Times the steps of a run and tells the view of them.</summary>
internal sealed class StepClock(TimeProvider clock, IProgress<TrialProgress> view)
{
    private readonly List<StepTiming> _steps = [];

    /// <summary>The steps that ended, in order.</summary>
    public IReadOnlyList<StepTiming> Steps => [.. _steps];

    /// <summary>The step that goes on; null between two.</summary>
    public string? Current { get; private set; }

    /// <summary>Runs a step; <paramref name="detail"/> says in a few words what came of it.</summary>
    public async Task<T> RunAsync<T>(string name, Func<Task<T>> step, Func<T, string> detail)
    {
        Current = name;
        view.Report(new TrialProgress.StepBegan(name));
        var began = clock.GetTimestamp();
        var result = await step();
        var timing = new StepTiming(name, clock.GetElapsedTime(began), detail(result));
        _steps.Add(timing);
        view.Report(new TrialProgress.StepEnded(timing));
        Current = null;
        return result;
    }
}
