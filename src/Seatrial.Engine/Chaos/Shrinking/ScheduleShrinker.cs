using System.Globalization;

namespace Seatrial.Engine.Chaos.Shrinking;

/// <summary>
/// Makes a failing schedule as small as it can be: fewer faults, then shorter, then at fewer containers, then with
/// fewer records, then with fewer workers. What fails only sometimes is run as often as its rate asks for.
/// </summary>
/// <param name="fails">One run of a schedule: whether it failed in the way that is looked for.</param>
/// <param name="options">How far.</param>
/// <param name="tell">Takes a line for each thing that is tried.</param>
/// <param name="clock">For the time limit.</param>
public sealed class ScheduleShrinker(
    Func<ChaosSchedule, CancellationToken, Task<bool>> fails,
    ShrinkOptions options,
    Action<string> tell,
    TimeProvider clock)
{
    private readonly HashSet<string> _cleared = [];
    private ChaosSchedule _smallest = new() { Seed = 0, Rate = 1, Rounds = [] };
    private int _candidates;
    private int _runs;
    private int _repeats = 1;

    /// <summary>
    /// From a schedule that failed once. An interruption and the time limit end it with the smallest so far.
    /// </summary>
    public async Task<ShrinkResult> ShrinkAsync(ChaosSchedule failing, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Within, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        _smallest = failing;
        var rate = new Reproduction(1, 1);
        string? stopped = null;
        try
        {
            rate = await MeasureAsync(failing, options.FirstRuns, "as it failed", rate, either.Token);
            if (rate.Failures < 2)
            {
                stopped = $"it did not fail again in {options.FirstRuns} runs";
            }
            else
            {
                _repeats = Reproduction.RunsToClear(rate.Rate, options.Doubt, options.MostRuns);
                tell(string.Create(
                    CultureInfo.InvariantCulture, $"fails in {rate}: each candidate runs up to {_repeats} times"));
                await StepsAsync(either.Token);
                rate = await MeasureAsync(
                    _smallest, options.LastRuns, "the smallest", new Reproduction(0, 0), either.Token);
            }
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            stopped = cancellationToken.IsCancellationRequested
                ? "it was interrupted" : $"the time for it, {options.Within.TotalMinutes:0.#} min, was over";
        }

        return new ShrinkResult
        {
            Smallest = _smallest, Rate = rate, Candidates = _candidates, Runs = _runs, StoppedBecause = stopped,
        };
    }

    private async Task StepsAsync(CancellationToken cancellationToken)
    {
        var whole = _smallest;
        if (whole.Events.Any() && !await FailsAsync(whole.Without(), "no fault at all", cancellationToken))
        {
            await DeltaDebugging.MinimizeAsync(
                [.. whole.Events.Select(one => one.Id)],
                (ids, token) => FailsAsync(whole.With(ids), What(ids), token),
                cancellationToken);
        }

        foreach (var step in Smaller.Steps)
        {
            var next = 0;
            while (step(_smallest).Skip(next).FirstOrDefault() is { } candidate)
            {
                if (!await FailsAsync(candidate.Schedule, candidate.What, cancellationToken))
                {
                    next++;
                }
            }
        }
    }

    private static string What(IReadOnlyList<string> ids) => string.Create(
        CultureInfo.InvariantCulture, $"{ids.Count} {(ids.Count is 1 ? "fault" : "faults")}: {string.Join(", ", ids)}");

    private async Task<bool> FailsAsync(ChaosSchedule candidate, string what, CancellationToken cancellationToken)
    {
        var text = ScheduleText.Of(candidate, []);
        if (_cleared.Contains(text))
        {
            return false;
        }

        _candidates++;
        for (var run = 1; run <= _repeats; run++)
        {
            tell(string.Create(CultureInfo.InvariantCulture, $"try {_candidates}, run {run} of {_repeats}: {what}"));
            if (await RunAsync(candidate, cancellationToken))
            {
                tell("it still fails");
                _smallest = candidate;
                return true;
            }
        }

        _cleared.Add(text);
        return false;
    }

    private async Task<Reproduction> MeasureAsync(
        ChaosSchedule schedule, int runs, string what, Reproduction before, CancellationToken cancellationToken)
    {
        for (var run = 1; run <= runs; run++)
        {
            tell(string.Create(CultureInfo.InvariantCulture, $"{what}, run {run} of {runs}"));
            var failed = await RunAsync(schedule, cancellationToken);
            before = new Reproduction(before.Failures + (failed ? 1 : 0), before.Runs + 1);
        }

        return before;
    }

    private async Task<bool> RunAsync(ChaosSchedule schedule, CancellationToken cancellationToken)
    {
        _runs++;
        cancellationToken.ThrowIfCancellationRequested();
        return await fails(schedule, cancellationToken);
    }
}
