using System.Text.RegularExpressions;
using Seatrial.Testing;
using Seatrial.Worker.Configuration;

namespace Seatrial.Worker.Tests.Configuration;

public sealed partial class ConfigurationPageTests
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

    [Fact]
    public void Every_variable_that_another_page_names_is_on_this_one()
    {
        var page = File.ReadAllText(Repository.PathOf("docs/configuration.md"));
        var named = Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md").Append(Repository.PathOf("README.md"))
            .SelectMany(file => Variable().Matches(File.ReadAllText(file)).Select(match => match.Value))
            .Distinct();

        Assert.All(named, variable => Assert.Contains(variable, page, StringComparison.Ordinal));
    }

    [GeneratedRegex("CONTAINER_[A-Z][A-Z_]+")]
    private static partial Regex Variable();
}
