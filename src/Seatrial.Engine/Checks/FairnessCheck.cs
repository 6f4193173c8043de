using System.Globalization;
using Seatrial.Engine.Histories;

namespace Seatrial.Engine.Checks;

/// <summary>
/// Whether each worker did its share of its queue. What is fair depends on who was there: each second's completions are
/// divided among the workers alive in it. Whole batches change hands, so two of them are no unfairness.
/// </summary>
internal sealed class FairnessCheck : ICheck
{
    private const int BatchesOfSlack = 2;

    private readonly Dictionary<int, BatchTally> _batches = [];

    public string Id => "fairness";

    public string Title => "The workers of a queue share its work";

    public void Observe(in Observation seen)
    {
        if (seen.Event.Kind is not EventKind.Done)
        {
            return;
        }

        var batch = _batches.GetValueOrDefault(seen.Before.Stage);
        var size = batch.Commit == seen.Event.CommitLsn ? batch.Size + 1 : 1;
        _batches[seen.Before.Stage] = new BatchTally(seen.Event.CommitLsn, size, Math.Max(batch.Largest, size));
    }

    public CheckOutcome Conclude(Trial trial)
    {
        var offences = new Offences();
        var stages = new List<string>();
        for (var stage = 0; stage < trial.Records.Stages.Count; stage++)
        {
            var workers = WorkersOf(trial, stage);
            var least = Least(workers, trial.Records.Stages[stage]);
            stages.Add(least.Summary);
            if (workers.Count < 2)
            {
                continue;
            }

            var slack = BatchesOfSlack * _batches.GetValueOrDefault(stage).Largest;
            foreach (var worker in workers.Where(worker => worker.Done + slack < trial.Facts.LeastShare * worker.Fair))
            {
                offences.Add(-1, -1, string.Create(
                    CultureInfo.InvariantCulture,
                    $"{trial.Records.Stages[stage]}: {worker.Name} completed {worker.Done} records where an even share was "
                    + $"{worker.Fair:0}, less than {trial.Facts.LeastShare:0.##} of it"));
            }
        }

        var summary = string.Join("; ", stages) + ".";
        if (trial.Facts.Drain is DrainOutcome.Interrupted && offences.Count > 0)
        {
            // Who fell behind in a part of the run may have caught up in the rest.
            return new CheckOutcome(
                Verdict.Unknown, offences.Count,
                $"Can't be told: the run was stopped early. Until then: {summary}", []);
        }

        return trial.Decide(offences, $"{Words.Count(offences.Count, "worker")} fell short: {summary}", summary);
    }

    public string Tell(Offence offence, IReadOnlyList<HistoryEvent> history, Narrator narrator) => $"{offence.What}.";

    private static (string Summary, double Part) Least(IReadOnlyList<Worker> workers, string stage)
    {
        switch (workers.Count)
        {
            case 0:
                return ($"{stage} had no worker", 1);
            case 1:
                return ($"{stage} had one worker, nothing to share", 1);
            default:
                var least = workers.MinBy(worker => worker.Done / Math.Max(worker.Fair, 1)) ?? workers[0];
                var part = least.Done / Math.Max(least.Fair, 1);
                return (
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{stage} had {workers.Count} workers, the least busy did {part:0.00} of an even share"),
                    part);
        }
    }

    private static List<Worker> WorkersOf(Trial trial, int stage)
    {
        var done = trial.Tally.DonePerSecond(stage);
        var lives = trial.Facts.Workers.Where(life => trial.Records.StageOf(life.Queue) == stage).ToList();
        var workers = trial.Tally.Shares.Where(share => share.Stage == stage)
            .Select(share =>
                Alive(trial, share.Owner, share.Share, lives.Find(life => life.Owner == share.Owner), done.Count))
            .ToList();
        foreach (var idle in lives.Where(life => workers.TrueForAll(worker => worker.Owner != life.Owner)))
        {
            workers.Add(Alive(trial, idle.Owner, null, idle, done.Count));
        }

        for (var second = 0; second < done.Count; second++)
        {
            var alive = workers.Count(worker => worker.IsAlive(second));
            foreach (var worker in workers.Where(worker => worker.IsAlive(second)))
            {
                worker.Fair += (double)done[second] / alive;
            }
        }

        return [.. workers.OrderBy(worker => worker.Name, StringComparer.Ordinal)];
    }

    /// <summary>From its readiness, or first claim, to its end, or the queue's last completion.</summary>
    private static Worker Alive(Trial trial, string? owner, ShareTally? share, WorkerLife? life, int seconds)
    {
        var from = life is null ? share?.FirstAt ?? trial.Tally.Zero : Instants.From(life.ReadyAt);
        return new Worker
        {
            Owner = owner,
            Name = life?.Container ?? owner ?? "somebody",
            From = trial.Tally.SecondOf(from),
            To = life?.EndedAt is { } end ? trial.Tally.SecondOf(Instants.From(end)) : seconds,
            Done = share?.Done ?? 0,
        };
    }

    private readonly record struct BatchTally(ulong Commit, int Size, int Largest);

    private sealed record Worker
    {
        public required string? Owner { get; init; }

        public required string Name { get; init; }

        public required int From { get; init; }

        public required int To { get; init; }

        public required long Done { get; init; }

        /// <summary>What an even share would have been.</summary>
        public double Fair { get; set; }

        public bool IsAlive(int second) => second >= From && second <= To;
    }
}
