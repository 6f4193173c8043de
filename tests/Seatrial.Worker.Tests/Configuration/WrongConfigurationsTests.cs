using System.Text;
using Seatrial.Testing;
using Seatrial.Worker.Configuration;

namespace Seatrial.Worker.Tests.Configuration;

public sealed class WrongConfigurationsTests
{
    [Fact]
    public void Each_mistake_is_told_with_its_place_and_its_correction()
    {
        using var folder = new TemporaryFolder();
        var text = new StringBuilder();
        foreach (var (name, changes) in new WrongConfigurations(folder).All)
        {
            text.Append("# ").Append(name).Append('\n');
            foreach (var problem in Problems(changes))
            {
                text.Append(problem.IsError ? "error: " : "warning: ").Append(problem).Append('\n');
            }

            text.Append('\n');
        }

        var actual = text.Replace(folder.PathOf(""), "/run").ToString();
        Assert.Equal(Golden.Expected("WrongConfigurations.txt", actual), actual);
        Assert.DoesNotContain("s3cret", actual, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_of_them_is_a_mistake_and_without_it_there_is_none()
    {
        using var folder = new TemporaryFolder();
        var all = new WrongConfigurations(folder).All;

        Assert.InRange(all.Count, 30, 100);
        Assert.All(all, wrong => Assert.NotEmpty(Problems(wrong.Value)));
        Assert.Empty(Problems([]));
    }

    private static IReadOnlyList<ConfigurationProblem> Problems((string Name, string? Value)[] changes)
    {
        var variables = new Dictionary<string, string>(WrongConfigurations.Right);
        foreach (var (name, value) in changes)
        {
            if (value is null)
            {
                variables.Remove("CONTAINER_" + name);
            }
            else
            {
                variables["CONTAINER_" + name] = value;
            }
        }

        return new ConfigurationValidator(variables).ValidateEnvironmentVariables().Problems;
    }
}
