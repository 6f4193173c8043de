using Seatrial.Worker.Configuration;

namespace Seatrial.Worker.Tests.Configuration;

public sealed class ConfigurationChangeTests
{
    private const string Queue = "CONTAINER_DATABASE_CONNECTIONS__QUEUE__";

    [Theory]
    [InlineData(Queue + "CONNECTION_STRING", "Host=db;Database=rpa;Username=rpa;Password=other", true)]
    [InlineData(Queue + "CONNECTION_STRING", "Host=db2;Database=rpa;Username=rpa;Password=s3cret", false)]
    [InlineData(Queue + "CONNECTION_STRING", "Host=db;Database=rpa;Username=rpa", false)]
    [InlineData("CONTAINER_MONITORING_CONFIG__LOG_LEVEL", "debug", true)]
    [InlineData("CONTAINER_HEALTH_CHECK_CONFIG__TIMEOUT", "9s", true)]
    [InlineData("CONTAINER_RESOURCE_LIMITS__WARN_PERCENT", "50", true)]
    [InlineData("CONTAINER_WORKER__LEASE", "9s", false)]
    [InlineData("CONTAINER_HEALTH_CHECK_CONFIG__PORT", "9000", false)]
    public void Only_what_is_safe_is_taken_up(string variable, string value, bool isLive) =>
        Assert.Equal([new ConfigurationChange(variable, isLive)], Changes(variable, value));

    [Fact]
    public void A_database_that_is_new_takes_a_restart()
    {
        var changes = Changes("CONTAINER_DATABASE_CONNECTIONS__ARCHIVE__CONNECTION_STRING", "Host=db;Password=x");

        Assert.False(Assert.Single(changes).IsLive);
    }

    [Fact]
    public void What_is_the_same_is_no_change() => Assert.Empty(Changes("CONTAINER_FLOW_NAME", "rpa1"));

    private static IReadOnlyList<ConfigurationChange> Changes(string variable, string value)
    {
        var before = ContainerConfigReader.Read(WrongConfigurations.Right);
        var after = ContainerConfigReader.Read(
            new Dictionary<string, string>(WrongConfigurations.Right) { [variable] = value });
        return ConfigurationChange.Between(before.Settings, after.Settings);
    }
}
