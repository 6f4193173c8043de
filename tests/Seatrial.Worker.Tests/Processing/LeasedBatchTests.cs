using Microsoft.Extensions.Time.Testing;
using Seatrial.Worker.Processing;

namespace Seatrial.Worker.Tests.Processing;

public sealed class LeasedBatchTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    [Fact]
    public void The_owner_stops_before_the_lease_ends()
    {
        var time = new FakeTimeProvider();
        using var batch = new LeasedBatch([], Lease, time.GetTimestamp(), time);

        time.Advance(TimeSpan.FromSeconds(8.9));
        Assert.False(batch.EndToken.IsCancellationRequested);
        time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.True(batch.EndToken.IsCancellationRequested);
    }

    [Fact]
    public void The_lease_counts_from_the_question_and_not_from_the_answer()
    {
        var time = new FakeTimeProvider();
        var askedAt = time.GetTimestamp();
        time.Advance(TimeSpan.FromSeconds(9.5));

        using var batch = new LeasedBatch([], Lease, askedAt, time);
        time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.True(batch.EndToken.IsCancellationRequested);
    }

    [Fact]
    public void A_renewal_prolongs_it()
    {
        var time = new FakeTimeProvider();
        using var batch = new LeasedBatch([], Lease, time.GetTimestamp(), time);
        time.Advance(TimeSpan.FromSeconds(5));

        batch.Extend(time.GetTimestamp());
        time.Advance(TimeSpan.FromSeconds(8.9));

        Assert.False(batch.EndToken.IsCancellationRequested);
    }

    [Fact]
    public void A_renewal_that_comes_after_the_batch_is_through_does_no_harm()
    {
        var time = new FakeTimeProvider();
        var batch = new LeasedBatch([], Lease, time.GetTimestamp(), time);
        batch.Dispose();

        batch.Extend(time.GetTimestamp());
        time.Advance(Lease);

        Assert.False(batch.EndToken.IsCancellationRequested);
    }
}
