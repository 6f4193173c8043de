using Npgsql;
using Seatrial.Engine.Measurements.Databases;
using Seatrial.Testing;

namespace Seatrial.Engine.Tests.Measurements;

public sealed class ClockSkewTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    [InlineData(-60)]
    public async Task A_clock_that_is_wrong_is_seen_from_the_database(int ahead)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var database = await TestDatabase.CreateAsync(cancellation);
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);

        var skew = await ClockSkew.MeasureAsync(source, new WrongClock(ahead), cancellation);

        // It is the least that it may be, short of it by what a question takes.
        Assert.InRange(-skew.TotalSeconds * Math.Sign(ahead), ahead == 0 ? 0 : 50, 60);
    }

    private sealed class WrongClock(int ahead) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddSeconds(ahead);
    }
}
