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
    private Reproduction _rate;
    private int _candidates;
    private int _runs;
    private int _repeats = 1;

    /// <summary>
    /// From a schedule that failed once. An interruption and the time limit end it with the smallest so far.
    /// </summary>
    /// <param name="failing">It.</param>
    /// <param name="guesses">Ids of faults that may be all that it takes: tried first, since a right guess saves most
    /// of the work, and a wrong one costs one candidate.</param>
    /// <param name="cancellationToken">Of the user.</param>
    public async Task<ShrinkResult> ShrinkAsync(
        ChaosSchedule failing, IReadOnlyList<IReadOnlyList<string>> guesses, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Within, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        _smallest = failing;
        _rate = new Reproduction(1, 1);
        string? stopped = null;
        try
        {
            await MeasureAsync("as it failed", either.Token);
            if (_rate.Failures < 2)
            {
                stopped = $"it did not fail again in {_rate.Runs - 1} runs";
            }
            else
            {
                Believe();
                await StepsAsync(guesses, either.Token);
                await ProveAsync(either.Token);
            }
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            stopped = cancellationToken.IsCancellationRequested
                ? "it was interrupted" : $"the time for it, {options.Within.TotalMinutes:0.#} min, was over";
        }

        return new ShrinkResult
        {
            Smallest = _smallest,
            Rate = _rate,
            Candidates = _candidates,
            Runs = _runs,
            StoppedBecause = stopped,
        };
    }

    private async Task StepsAsync(
        IReadOnlyList<IReadOnlyList<string>> guesses, CancellationToken cancellationToken)
    {
        foreach (var guess in guesses)
        {
            if (guess.Count > 0 && guess.Count < _smallest.Events.Count()
                && await FailsAsync(_smallest.With(guess), "a guess, " + What(guess), cancellationToken))
            {
                // Without the others in its way it may fail more often, and then takes fewer runs to be cleared.
                await MeasureAsync("what was guessed", cancellationToken);
                Believe();
                break;
            }
        }

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
                (_smallest, _rate) = (candidate, new Reproduction(1, run));
                return true;
            }
        }

        _cleared.Add(text);
        return false;
    }

    private void Believe()
    {
        _repeats = Reproduction.RunsToClear(_rate.Rate, options.Doubt, options.MostRuns);
        tell(string.Create(
            CultureInfo.InvariantCulture, $"fails in {_rate}: each candidate runs up to {_repeats} times"));
    }

    /// <summary>
    /// A few runs more of the smallest; as many as a candidate may have, where none of them fails.
    /// </summary>
    private async Task MeasureAsync(string what, CancellationToken cancellationToken)
    {
        var before = _rate.Failures;
        for (var run = 1; run <= options.FirstRuns || (run <= options.MostRuns && _rate.Failures == before); run++)
        {
            tell(string.Create(CultureInfo.InvariantCulture, $"{what}, run {run}"));
            _rate = _rate.And(await RunAsync(_smallest, cancellationToken));
        }
    }

    /// <summary>How often the smallest fails, without the run by which it was found.</summary>
    private async Task ProveAsync(CancellationToken cancellationToken)
    {
        var proven = default(Reproduction);
        for (var run = 1; run <= options.LastRuns; run++)
        {
            tell(string.Create(CultureInfo.InvariantCulture, $"the smallest, run {run} of {options.LastRuns}"));
            _rate = proven = proven.And(await RunAsync(_smallest, cancellationToken));
        }
    }

    private async Task<bool> RunAsync(ChaosSchedule schedule, CancellationToken cancellationToken)
    {
        _runs++;
        cancellationToken.ThrowIfCancellationRequested();
        return await fails(schedule, cancellationToken);
    }
}
