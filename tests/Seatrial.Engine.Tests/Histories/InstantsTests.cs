using System.Globalization;
using System.Text;
using CsCheck;
using Seatrial.Engine.Histories;

namespace Seatrial.Engine.Tests.Histories;

public sealed class InstantsTests
{
    [Fact]
    public void Any_instant_reads_as_PostgreSQL_prints_it() =>
        Gen.Long[-62_135_596_800_000_000, 253_402_300_799_999_999].Sample(
        microseconds =>
        {
            var text = Instants.ToDateTimeOffset(
                microseconds).ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture);
            Assert.True(Instants.TryParse(Encoding.UTF8.GetBytes(text + "+00"), out var read));
            Assert.Equal(microseconds, read);
            Assert.Equal(microseconds, Instants.From(Instants.ToDateTimeOffset(microseconds)));
        });

    [Theory]
    [InlineData("infinity", long.MaxValue)]
    [InlineData("-infinity", long.MinValue)]
    [InlineData("1970-01-01 00:00:00", 0)]
    [InlineData("2000-01-01 00:00:00.000001+00", Instants.PostgresEpoch + 1)]
    public void The_ends_of_time_and_its_beginning_are_known(string text, long microseconds)
    {
        Assert.True(Instants.TryParse(Encoding.UTF8.GetBytes(text), out var read));
        Assert.Equal(microseconds, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("today")]
    [InlineData("2026-13-01 00:00:00+00")]
    [InlineData("2026-02-30 00:00:00+00")]
    [InlineData("2026-01-01 00:00:00.1234567+00")]
    [InlineData("2026-01-01 00:00:00+01")]
    [InlineData("12026-01-01 00:00:00+00")]
    public void What_is_no_instant_is_refused(string text) =>
        Assert.False(Instants.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void Positions_of_the_log_read_as_they_are_written() => Gen.ULong.Sample(position =>
        LogPositions.TryParse(LogPositions.Format(position), out var read) && read == position);
}
