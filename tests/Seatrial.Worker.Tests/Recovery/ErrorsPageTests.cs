using System.Text.RegularExpressions;
using Seatrial.Testing;

namespace Seatrial.Worker.Tests.Recovery;

public sealed partial class ErrorsPageTests
{
    [Fact]
    public void Every_test_that_the_page_names_exists()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs/errors.md"));
        var named = Name().Matches(page).Select(match => match.Groups["name"].Value).ToList();
        var there = typeof(ErrorsPageTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods().Select(method => $"{type.FullName}.{method.Name}"))
            .ToHashSet(StringComparer.Ordinal);

        Assert.True(named.Count > 10, $"{named.Count} are named.");
        Assert.All(named, name => Assert.Contains("Seatrial.Worker.Tests." + name, there));
    }

    [GeneratedRegex("`(?<name>[A-Z][A-Za-z]+\\.[A-Za-z]+Tests\\.[A-Za-z_]+)`")]
    private static partial Regex Name();
}
