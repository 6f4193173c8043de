using Seatrial.Engine.Histories;

namespace Seatrial.Engine.Tests.Checks;

/// <summary>The catalogue of broken histories.</summary>
internal static class Breakages
{
    public static IReadOnlyList<Breakage> All { get; } =
    [
        new("dropped: a record is never claimed", "lost", (trial, n) =>
            trial.Pick(n, Is(EventKind.Enqueue)) is { } lost
                ? trial.Without(happened => happened.IsSameRecord(lost) && happened.Kind is not EventKind.Enqueue)
                : null),
        new("dropped: a record stays claimed", "lost", (trial, n) =>
            trial.Pick(n, Is(EventKind.Claim)) is { } claim
                ? trial.Without(happened => happened.IsSameRecord(claim) && happened.Index > claim.Index)
                : null),
        new("dropped: an acknowledged insert is gone", "lost", (trial, n) =>
            trial.Pick(n, happened => happened is { Kind: EventKind.Enqueue, Queue: "rpa1" }) is { } lost
                ? trial.Without(happened => happened.Key == lost.Key)
                : null),
        new("dropped: an insert acknowledged by key only is gone", "lost", (trial, n) =>
            trial.Pick(n, happened => happened is { Kind: EventKind.Enqueue, Queue: "rpa1" }) is { } lost
                ? trial.Without(happened => happened.Key == lost.Key) with
                {
                    Client = [.. trial.Client.Select(ack => ack.Key == lost.Key ? ack with { Record = null } : ack)],
                }
                : null),
        new("dropped: a record is given up", "lost", (trial, n) =>
            trial.Pick(n, Is(EventKind.Done)) is { } done
                ? trial.Replace(done, happened => happened with { Kind = EventKind.Dead, Detail = "boom" })
                    .Without(happened => happened.IsSameRecord(done) && happened.Kind is EventKind.Effect)
                : null),
        new("dropped: a row is deleted undone", "lost", (trial, n) =>
            trial.Pick(n, Is(EventKind.Claim)) is { } claim
                ? trial.InsertBehind(claim, claim with { Kind = EventKind.Removed })
                    .Without(happened => happened.IsSameRecord(claim) && happened.CommitLsn > claim.CommitLsn + 0x10)
                : null),
        new("doubled: an effect in the same transaction", "duplicated", (trial, n) =>
            trial.Pick(n, Is(EventKind.Effect)) is { } effect ? trial.InsertAfter(effect, effect) : null),
        new("doubled: an effect later", "duplicated", (trial, n) =>
            trial.Pick(n, Is(EventKind.Effect)) is { } effect ? trial.Append(effect) : null),
        new("doubled: a whole completion later", "duplicated", (trial, n) =>
            trial.Pick(n, Is(EventKind.Effect)) is { } effect
                ? trial.Append(effect with { Kind = EventKind.Done }, effect)
                : null),
        new("doubled: a record is put in twice", "illegal", (trial, n) =>
            trial.Pick(n, Is(EventKind.Enqueue)) is { } enqueue ? trial.InsertBehind(enqueue, enqueue) : null),
        new("phantom: an effect out of nowhere", "unexpected", (trial, n) =>
            trial.Pick(n, Is(EventKind.Effect)) is { } effect
                ? trial.InsertAfter(effect, effect with { Record = "no such" }) : null),
        new("phantom: an insert that was told to have failed", "unexpected", (trial, n) =>
            trial.Pick(n, happened => happened is { Kind: EventKind.Enqueue, Queue: "rpa1" }) is { } phantom
                ? trial with
                {
                    Client =
                    [
                        .. trial.Client.Select(ack =>
                            ack.Key == phantom.Key ? ack with { Record = null, Outcome = AckOutcome.Failed } : ack),
                    ],
                }
                : null),
        new("phantom: an insert that nobody made", "unexpected", (trial, n) =>
            trial.Pick(n, happened => happened is { Kind: EventKind.Enqueue, Queue: "rpa1" }) is { } phantom
                ? trial with { Client = [.. trial.Client.Where(ack => ack.Key != phantom.Key)] }
                : null),
        new("re-owned: claimed while the lease runs", "overlap", (trial, n) =>
            trial.Pick(n, Is(EventKind.Claim)) is { } claim
                ? trial.InsertBehind(claim,
                    claim with { Owner = "intruder", Epoch = claim.Epoch + 1, LeaseUntil = claim.LeaseUntil + 9 })
                : null),
        new("re-owned: expired before its end", "overlap", (trial, n) =>
            trial.Pick(n, Is(EventKind.Claim)) is { } claim
                ? trial.InsertBehind(claim, claim with { Kind = EventKind.Expire, Epoch = claim.Epoch + 1 })
                : null),
        new("re-owned: an effect by another", "zombie", (trial, n) =>
            trial.Pick(n, Is(EventKind.Effect)) is { } effect
                ? trial.Replace(effect, happened => happened with { Owner = "somebody else" })
                : null),
        new("re-owned: a completion by another", "zombie", (trial, n) =>
            trial.Pick(n, Is(EventKind.Done)) is { } done
                ? trial.Replace(done, happened => happened with { Owner = "somebody else" })
                : null),
        new("re-epoched: an effect of a superseded epoch", "zombie", (trial, n) =>
            trial.Pick(n, happened => happened is { Kind: EventKind.Effect, Epoch: > 1 }) is { } effect
                ? trial.Replace(effect, happened => happened with { Epoch = 1 })
                : null),
        new("re-epoched: a completion of a superseded epoch", "zombie", (trial, n) =>
            trial.Pick(n, happened => happened is { Kind: EventKind.Done, Epoch: > 1 }) is { } done
                ? trial.Replace(done, happened => happened with { Epoch = happened.Epoch - 1 })
                : null),
        new("re-epoched: an epoch that was never handed out", "zombie", (trial, n) =>
            trial.Pick(n, Is(EventKind.Effect)) is { } effect
                ? trial.Replace(effect, happened => happened with { Epoch = happened.Epoch + 1 })
                : null),
        new("re-epoched: a claim that does not raise the epoch", "illegal", (trial, n) =>
            trial.Pick(n, happened => happened is { Kind: EventKind.Claim, Epoch: > 1 }) is { } claim
                ? trial.Replace(claim, happened => happened with { Epoch = 1 })
                : null),
        new("zombie: an effect after the lease was lost", "zombie", (trial, n) =>
            trial.Pick(n, Is(EventKind.Expire)) is { } expire
                ? trial.InsertBehind(expire, expire with { Kind = EventKind.Effect, Epoch = expire.Epoch - 1 })
                : null),
        new("zombie: completed without ever being claimed", "zombie", (trial, n) =>
            trial.Pick(n, Is(EventKind.Enqueue)) is { } enqueue
                ? trial.InsertBehind(
                    enqueue, enqueue with { Kind = EventKind.Done }, enqueue with { Kind = EventKind.Effect })
                : null),
        new("torn: the effect commits later", "torn", (trial, n) =>
            trial.Pick(n, Is(EventKind.Effect)) is { } effect
                ? trial.InsertBehind(effect, effect).Without(happened => happened.Index == effect.Index)
                : null),
        new("torn: a completion without effect", "torn", (trial, n) =>
            trial.Pick(n, Is(EventKind.Effect)) is { } effect
                ? trial.Without(happened => happened.Index == effect.Index) : null),
        new("torn: an effect without completion", "torn", (trial, n) =>
            trial.Pick(n, Is(EventKind.Done)) is { } done
                ? trial.Without(happened => happened.Index == done.Index) : null),
        new("resurrected: claimed after completion", "illegal", (trial, n) =>
            trial.Pick(n, Is(EventKind.Done)) is { } done
                ? trial.Append(done with { Kind = EventKind.Claim, Epoch = done.Epoch + 1, LeaseUntil = long.MaxValue })
                : null),
        new("resurrected: a change that the mapping forbids", "illegal", (trial, n) =>
            trial.Pick(n, Is(EventKind.Done)) is { } done
                ? trial.Append(done with { Kind = EventKind.Illegal, Detail = "came back from done as ready" })
                : null),
        new("swapped: claimed before it was put in", "illegal", Swapped),
        new("handed over to nobody", "handover", (trial, n) =>
            trial.Pick(n, happened => happened is { Kind: EventKind.Enqueue, Queue: not "rpa1" }) is { } arrival
                ? trial.Without(happened => happened.IsSameRecord(arrival))
                : null),
        new("handed over twice", "handover", (trial, n) =>
            trial.Pick(n, happened => happened is { Kind: EventKind.Enqueue, Queue: not "rpa1" }) is { } arrival
                ? trial.InsertAfter(arrival, arrival with { Record = "twin" })
                : null),
        new("handed over in another transaction", "handover", (trial, n) =>
            trial.Pick(n, happened => happened is { Kind: EventKind.Enqueue, Queue: not "rpa1" }) is { } arrival
                ? trial.InsertBehind(arrival, arrival).Without(happened => happened.Index == arrival.Index)
                : null),
        new("handed over by nobody", "handover", (trial, n) =>
            trial.Pick(n, happened => happened is { Kind: EventKind.Enqueue, Queue: not "rpa1" }) is { } arrival
                ? trial.InsertBehind(arrival, arrival with { Record = "foundling" })
                : null),
    ];

    private static Func<HistoryEvent, bool> Is(EventKind kind) => happened => happened.Kind == kind;

    /// <summary>The first claim of a record and its insert change places, positions and all.</summary>
    private static SimulatedTrial? Swapped(SimulatedTrial trial, int n)
    {
        if (trial.Pick(n, happened => happened is { Kind: EventKind.Claim, Epoch: 1 }) is not { } claim)
        {
            return null;
        }

        var enqueue = trial.Events.First(happened => happened.IsSameRecord(claim));
        var first = enqueue with { CommitLsn = claim.CommitLsn, Xid = claim.Xid, At = claim.At };
        var second = claim with { CommitLsn = enqueue.CommitLsn, Xid = enqueue.Xid, At = enqueue.At };
        return trial.With(trial.Events.Select(happened =>
            happened.Index == claim.Index ? first : happened.Index == enqueue.Index ? second : happened));
    }
}
