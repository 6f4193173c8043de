namespace Seatrial.Engine.Histories;

/// <summary>From changes of rows to what they mean: pure, so that every case of the table can be tested.</summary>
internal static class EventMapper
{
    private static readonly Step[] Nothing = [];
    private static readonly Step[] Enqueued = [new(EventKind.Enqueue)];
    private static readonly Step[] EnqueuedAndClaimed = [new(EventKind.Enqueue), new(EventKind.Claim)];
    private static readonly Step[] EnqueuedAndDone = [new(EventKind.Enqueue), new(EventKind.Done)];

    private static readonly Step[] EnqueuedClaimedAndDone =
        [new(EventKind.Enqueue), new(EventKind.Claim), new(EventKind.Done)];

    private static readonly Step[] Claimed = [new(EventKind.Claim)];
    private static readonly Step[] Renewed = [new(EventKind.Renew)];
    private static readonly Step[] Released = [new(EventKind.Release)];
    private static readonly Step[] Expired = [new(EventKind.Expire)];
    private static readonly Step[] Completed = [new(EventKind.Done)];
    private static readonly Step[] Removed = [new(EventKind.Removed)];

    /// <summary>
    /// A row came. Whoever inserts it as running or done held it, so those inserts are claims as well; where claims
    /// can't be seen (<paramref name="claimsShow"/>), a row inserted as done is enqueued and done.
    /// </summary>
    public static Step[] Insert(in RowState after, bool claimsShow, string? detail) => after.Phase switch
    {
        Phase.Ready => Enqueued,
        Phase.Running => EnqueuedAndClaimed,
        Phase.Done => claimsShow ? EnqueuedClaimedAndDone : EnqueuedAndDone,
        Phase.Dead => [new(EventKind.Enqueue), new(EventKind.Dead, detail)],
        Phase.Unclear or Phase.None or Phase.Removed => [new(EventKind.Enqueue), new(EventKind.Illegal, detail)],
    };

    /// <summary>
    /// A row changed in a transaction that committed <paramref name="at"/>. <paramref name="detail"/> is the error that
    /// the row shows, or for a state that no list of the mapping has, what to say of it.
    /// </summary>
    public static Step[] Update(in RowState before, in RowState after, long at, string? detail)
    {
        if (before.Queue != after.Queue)
        {
            return [new(EventKind.Illegal, $"moved from queue {before.Queue} to {after.Queue}")];
        }

        return after.Phase switch
        {
            Phase.Ready => ToReady(before, at),
            Phase.Running => ToRunning(before, after),
            Phase.Done => ToDone(before, after),
            Phase.Dead => before.Phase switch
            {
                Phase.Dead => Nothing,
                Phase.Done => Resurrected("dead"),
                Phase.None or Phase.Ready or Phase.Running or Phase.Removed or Phase.Unclear =>
                    [new(EventKind.Dead, detail)],
            },
            Phase.None or Phase.Removed or Phase.Unclear =>
                before.Phase is Phase.Unclear ? Nothing : [new(EventKind.Illegal, detail)],
        };
    }

    /// <summary>
    /// A row went: completion where the mapping says so and it was not completed yet, else a removal.
    /// </summary>
    public static Step[] Delete(in RowState before, bool deleteIsDone) =>
        deleteIsDone && before.Phase is (Phase.Ready or Phase.Running or Phase.Unclear) ? Completed : Removed;

    private static Step[] ToReady(in RowState before, long at) => before.Phase switch
    {
        Phase.Ready => Nothing,
        Phase.Running => before.LeaseUntil <= at ? Expired : Released,
        Phase.Done => Resurrected("ready"),
        Phase.None or Phase.Dead or Phase.Removed or Phase.Unclear => Released,
    };

    private static Step[] ToRunning(in RowState before, in RowState after)
    {
        switch (before.Phase)
        {
            case Phase.Running:
                break;
            case Phase.Done:
                return Resurrected("running");
            case Phase.Dead:
                return [new(EventKind.Illegal, "claimed after it was given up")];
            default:
                return Claimed;
        }

        if (before.Owner != after.Owner || after.Epoch > before.Epoch)
        {
            return Claimed;
        }

        if (after.Epoch < before.Epoch)
        {
            return [new(EventKind.Illegal, $"its epoch went back from {before.Epoch} to {after.Epoch}")];
        }

        return before.LeaseUntil == after.LeaseUntil ? Nothing : Renewed;
    }

    /// <summary>
    /// A done row that is touched again says nothing, unless another owner or epoch stands in it: then it was completed
    /// once more. An owner that is only cleared is tidying.
    /// </summary>
    private static Step[] ToDone(in RowState before, in RowState after) => before.Phase switch
    {
        Phase.Done => (after.Owner is not null && after.Owner != before.Owner) || after.Epoch != before.Epoch
            ? Completed
            : Nothing,
        Phase.Dead => [new(EventKind.Illegal, "completed after it was given up")],
        Phase.None or Phase.Ready or Phase.Running or Phase.Removed or Phase.Unclear => Completed,
    };

    private static Step[] Resurrected(string state) => [new(EventKind.Illegal, $"came back from done as {state}")];
}
