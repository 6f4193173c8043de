using Seatrial.Engine.Histories;

namespace Seatrial.Engine.Checks;

/// <summary>
/// Records that did not end as one completion with its effect. Unlike the others it judges what is not there, so it
/// needs the whole log.
/// </summary>
internal sealed class LostCheck : ICheck
{
    private const string NeverThere = "was acknowledged, and its insert is not in the log";

    private readonly Offences _offences = new();
    private readonly Dictionary<string, long> _byFate = [];
    private long _unfinished;
    private long _givenUp;

    public string Id => "lost";

    public string Title => "Every record that was put in was completed, with its effect";

    public void Observe(in Observation seen)
    {
        // What became of each record stands in the index once all is read.
    }

    public CheckOutcome Conclude(Trial trial)
    {
        Collect(trial);
        var fates =
            string.Join(", ", _byFate.OrderByDescending(fate => fate.Value).Select(fate => $"{fate.Value} {fate.Key}"));
        if (trial.Gaps.Count > 0 && _offences.Count > 0)
        {
            return new CheckOutcome(
                Verdict.Unknown, _offences.Count, $"Not seen to be completed: {fates}; but {trial.Gaps[0]}.",
                    _offences.First);
        }

        var cannotTell = trial switch
        {
            { Facts.Drain: DrainOutcome.Interrupted } => _unfinished > 0
                ? $"Can't be told: the run was stopped with {Words.Count(_unfinished, "record")} unfinished."
                : "Can't be told: the run was stopped early.",
            { Client.Damage: { } damage } => $"Can't be told: {damage}.",
            _ => null,
        };
        return trial.Decide(
            _offences,
            $"{Words.Count(_offences.Count, "record")} lost: {fates}.",
            _givenUp == 0
                ? $"{Words.Count(trial.Tally.Records, "record")}, each completed with its effect."
                : $"{Words.Count(trial.Tally.Records, "record")}, each completed with its effect but for {_givenUp} "
                    + "that had to be given up.",
            cannotTell);
    }

    public string Tell(Offence offence, IReadOnlyList<HistoryEvent> history, Narrator narrator)
    {
        if (history.Count == 0)
        {
            return offence.Slot < 0 ? $"{offence.What}." : $"The record {offence.What}.";
        }

        return $"The record {offence.What}: last, {narrator.Clause(history[^1])}.";
    }

    private void Collect(Trial trial)
    {
        for (var slot = 0; slot < trial.Records.Count; slot++)
        {
            ref var state = ref trial.Records[slot];
            if (FateOf(state, IsToBeGivenUp(trial, state)) is not { } fate)
            {
                continue;
            }

            if (trial.Facts.Drain is DrainOutcome.Interrupted && !IsFinal(state))
            {
                _unfinished++;
                continue;
            }

            Add(slot, fate, fate);
        }

        foreach (var (stage, key) in trial.Client.AckedKeysUnseen)
        {
            Add(-1, NeverThere, $"{trial.Records.Stages[stage]}: {key} {NeverThere}");
        }
    }

    private void Add(int slot, string fate, string what)
    {
        _byFate[fate] = _byFate.GetValueOrDefault(fate) + 1;
        _offences.Add(slot, -1, what);
    }

    private static bool IsToBeGivenUp(Trial trial, in RecordState state) =>
        trial.Facts.ToBeGivenUp.Count > 0 && state.Key is { } key && trial.Facts.ToBeGivenUp.Contains(key);

    /// <summary>Null for a record that ended well.</summary>
    private string? FateOf(in RecordState state, bool isToBeGivenUp)
    {
        if (isToBeGivenUp && state.Phase is Phase.Dead)
        {
            _givenUp++;
            return null;
        }

        if (isToBeGivenUp && state.Completions > 0)
        {
            return "was completed, and had to be given up";
        }

        if (!state.Has(RecordMarks.Enqueued))
        {
            return state.Has(RecordMarks.Acked) ? NeverThere : null;
        }

        if (state is { Completions: > 0, Effects: > 0 })
        {
            return null;
        }

        return state.Phase switch
        {
            Phase.Done => "was completed without an effect",
            Phase.Dead => "was given up (poison)",
            Phase.Removed => state.Completions > 0 ? "was completed without an effect" : "was deleted undone",
            Phase.Running => "is still claimed (stuck)",
            Phase.Ready => state.Claims == 0 ? "was never claimed (starved)" : "waits to be claimed again",
            Phase.Unclear or Phase.None => "was changed in a way that no rule allows, and was not completed since",
        };
    }

    /// <summary>Whether more time could not have saved it.</summary>
    private static bool IsFinal(in RecordState state) =>
        state.Phase is Phase.Done or Phase.Dead or Phase.Removed || !state.Has(RecordMarks.Enqueued);
}
