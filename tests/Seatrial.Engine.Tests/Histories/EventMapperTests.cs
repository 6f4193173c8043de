using CsCheck;
using Seatrial.Engine.Histories;

namespace Seatrial.Engine.Tests.Histories;

public sealed class EventMapperTests
{
    private const long Now = 1_000_000;

    private static readonly RowState Ready = new() { Record = "1", Queue = "rpa1", Phase = Phase.Ready, Epoch = 1 };

    private static readonly RowState Running =
        Ready with { Phase = Phase.Running, Owner = "a", Epoch = 2, LeaseUntil = Now + 10 };

    private static readonly RowState Done = Running with { Phase = Phase.Done, LeaseUntil = null };
    private static readonly RowState Dead = Running with { Phase = Phase.Dead, LeaseUntil = null };

    [Fact]
    public void Each_change_of_a_row_means_what_the_table_says()
    {
        Means(Ready, Ready with { Epoch = 5 });
        Means(Ready, Running, EventKind.Claim);
        Means(Ready, Done, EventKind.Done);
        Means(Ready, Dead, EventKind.Dead);
        Means(Running, Ready, EventKind.Release);
        Means(Running with { LeaseUntil = Now }, Ready, EventKind.Expire);
        Means(Running with { LeaseUntil = null }, Ready, EventKind.Release);
        Means(Running, Running);
        Means(Running, Running with { LeaseUntil = Now + 20 }, EventKind.Renew);
        Means(Running, Running with { Owner = "b" }, EventKind.Claim);
        Means(Running, Running with { Epoch = 3 }, EventKind.Claim);
        Means(Running, Running with { Epoch = 1 }, EventKind.Illegal);
        Means(Running, Done, EventKind.Done);
        Means(Running, Dead, EventKind.Dead);
        Means(Running, Running with { Phase = Phase.Unclear }, EventKind.Illegal);
        Means(Running, Running with { Queue = "rpa2" }, EventKind.Illegal);
        Means(Done, Ready, EventKind.Illegal);
        Means(Done, Running, EventKind.Illegal);
        Means(Done, Dead, EventKind.Illegal);
        Means(Done, Done with { Owner = null });
        Means(Done, Done with { Owner = "b" }, EventKind.Done);
        Means(Done, Done with { Epoch = 1 }, EventKind.Done);
        Means(Dead, Ready, EventKind.Release);
        Means(Dead, Running, EventKind.Illegal);
        Means(Dead, Done, EventKind.Illegal);
        Means(Running with { Phase = Phase.Unclear }, Done, EventKind.Done);
    }

    [Fact]
    public void An_insert_in_a_later_state_tells_what_came_before_it()
    {
        Assert.Equal([EventKind.Enqueue], Kinds(EventMapper.Insert(Ready, claimsShow: true, null)));
        Assert.Equal([EventKind.Enqueue, EventKind.Claim], Kinds(EventMapper.Insert(Running, claimsShow: true, null)));
        Assert.Equal([EventKind.Enqueue, EventKind.Claim, EventKind.Done], Kinds(
            EventMapper.Insert(Done, claimsShow: true, null)));
        Assert.Equal([EventKind.Enqueue, EventKind.Done], Kinds(EventMapper.Insert(Done, claimsShow: false, null)));
        Assert.Equal([EventKind.Enqueue, EventKind.Dead], Kinds(EventMapper.Insert(Dead, claimsShow: true, "boom")));
    }

    [Fact]
    public void A_deletion_is_a_completion_only_where_the_mapping_says_so_and_only_once()
    {
        Assert.Equal([EventKind.Done], Kinds(EventMapper.Delete(Running, deleteIsDone: true)));
        Assert.Equal([EventKind.Removed], Kinds(EventMapper.Delete(Running, deleteIsDone: false)));
        Assert.Equal([EventKind.Removed], Kinds(EventMapper.Delete(Done, deleteIsDone: true)));
        Assert.Equal([EventKind.Removed], Kinds(EventMapper.Delete(Dead, deleteIsDone: true)));
    }

    [Fact]
    public void A_change_of_phase_is_never_silent() => Gen.Select(Rows, Rows).Sample(
        (before, after) => before.Phase == after.Phase || EventMapper.Update(before, after, Now, "why").Length == 1,
        iter: 2_000);

    private static Gen<RowState> Rows { get; } =
        Gen.Select(
            Gen.Int[(int)Phase.Ready, (int)Phase.Dead].Select(phase => (Phase)phase),
            Gen.Int[0, 2].Select(owner => owner == 0 ? null : $"worker {owner}"),
            Gen.Long[0, 3],
            Gen.Long[Now - 2, Now + 2])
        .Select((phase, owner, epoch, lease) =>
            new RowState
            {
                Record =
                "1",
                Queue = "rpa1",
                Phase = phase,
                Owner = owner,
                Epoch = epoch,
                LeaseUntil = lease
            });

    private static void Means(RowState before, RowState after, params EventKind[] kinds) =>
        Assert.Equal(kinds, Kinds(EventMapper.Update(before, after, Now, null)));

    private static IEnumerable<EventKind> Kinds(Step[] steps) => steps.Select(step => step.Kind);
}
