using Seatrial.Worker.Configuration;

namespace Seatrial.Worker.Tests.Configuration;

public sealed class MaskingTests
{
    [Theory]
    [InlineData("Host=db;Port=5432;Username=rpa;Password=s3cret", "host=db;port=5432;username=rpa;password=***")]
    [InlineData("Host=db;SSL Password=s3cret;Passfile=/s3cret", "host=db;ssl password=***;passfile=***")]
    [InlineData("s3cret", "***")]
    [InlineData("", "***")]
    public void Only_what_is_known_to_be_harmless_is_shown(string secret, string shown) =>
        Assert.Equal(shown, Masking.Of(secret));
}
