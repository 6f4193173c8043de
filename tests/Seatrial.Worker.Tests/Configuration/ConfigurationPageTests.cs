using Seatrial.Testing;
using Seatrial.Worker.Configuration;

namespace Seatrial.Worker.Tests.Configuration;

public sealed class ConfigurationPageTests
{
    [Fact]
    public void The_page_says_what_the_options_say()
    {
        var page = ConfigurationPage.Write();

        Assert.Equal(Golden.Expected("../../../docs/configuration.md", page), page);
    }

    [Fact]
    public void Every_setting_that_is_read_is_on_the_page()
    {
        var variables = new Dictionary<string, string>(WrongConfigurations.Right)
        {
            ["CONTAINER_SERVICE_DEPENDENCIES__CACHE__HEALTH_ENDPOINT"] = "tcp://cache:6379",
        };

        var read = ContainerConfigReader.Read(variables).Settings.Keys.Select(name => name
            .Replace("__QUEUE__", "__<NAME>__", StringComparison.Ordinal)
            .Replace("__CACHE__", "__<NAME>__", StringComparison.Ordinal));

        Assert.Equal(
            ContainerOptions.All.Select(option => option.Variable).Order(StringComparer.Ordinal),
            read.Order(StringComparer.Ordinal));
    }
}
