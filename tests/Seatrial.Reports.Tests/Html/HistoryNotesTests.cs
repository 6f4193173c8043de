using Seatrial.Engine.Histories;
using Seatrial.Reports.Html;

namespace Seatrial.Reports.Tests.Html;

public sealed class HistoryNotesTests
{
    [Fact]
    public void A_record_that_went_its_way_has_no_remark() => Assert.All(
        HistoryNotes.Of(History(
            (EventKind.Enqueue, null, null), (EventKind.Claim, "a", 1), (EventKind.Renew, "a", 1),
            (EventKind.Release, "a", 1), (EventKind.Claim, "b", 2), (EventKind.Expire, null, 2),
            (EventKind.Claim, "a", 3), (EventKind.Effect, "a", 3), (EventKind.Done, "a", 3))),
        Assert.Null);

    [Fact]
    public void What_a_superseded_owner_did_is_remarked_upon() => Assert.Equal(
        [
            null, null, null, null, null, null,
            "effect once more; epoch 1 was superseded by 2", "done once more; epoch 1 was superseded by 2",
        ],
        HistoryNotes.Of(SampleHistories.Zombies[0]));

    [Fact]
    public void A_claim_of_a_held_or_finished_record_is_remarked_upon() => Assert.Equal(
        [null, "still held by a", null, "claimed again after it was done"],
        HistoryNotes.Of(History(
            (EventKind.Claim, "a", 1), (EventKind.Claim, "b", 2), (EventKind.Done, "b", 2),
            (EventKind.Claim, "a", 3))));

    [Fact]
    public void The_same_record_in_the_next_queue_is_another_row() => Assert.All(
        HistoryNotes.Of(
        [
            .. History((EventKind.Claim, "a", 5), (EventKind.Done, "a", 5), (EventKind.Effect, "a", 5)),
            .. History((EventKind.Enqueue, null, null), (EventKind.Claim, "b", 1), (EventKind.Done, "b", 1))
                .Select(happened => happened with { Queue = "rpa3" }),
        ]),
        Assert.Null);

    private static HistoryEvent[] History(params (EventKind Kind, string? Owner, long? Epoch)[] events) =>
    [
        .. events.Select((happened, i) => SampleHistories.Event(
            happened.Kind, i, happened.Owner, happened.Epoch, ((uint)i, (ulong)i))),
    ];
}
