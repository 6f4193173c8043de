using Seatrial.Engine.Compose;

namespace Seatrial.Engine.Tests.Compose;

/// <summary>Readings of Compose files that stand in a test.</summary>
internal static class ComposeText
{
    public static ComposeReading Read(string text, params (string Name, string Value)[] environment)
    {
        using var folder = new SystemFolder().With("compose.yaml", text);
        foreach (var (name, value) in environment)
        {
            folder.Environment[name] = value;
        }

        return folder.Read();
    }

    /// <summary>The service <c>app</c> with these lines, in a file that declares what they may name.</summary>
    public static ComposeReading ReadService(string lines) => Read(
        $"""
        services:
          app:
            image: app
        {string.Join('\n', lines.Split('\n').Select(line => "    " + line))}
          db:
            image: db
        networks:
          data: {"{}"}
        volumes:
          files: {"{}"}
        """);

    /// <summary>The same, of a file without errors.</summary>
    public static ComposeService Service(string lines)
    {
        var reading = ReadService(lines);
        Assert.True(reading.Project is not null, string.Join("\n", reading.Problems));
        return reading.Project.Services["app"];
    }

    /// <summary>Asserts that there is this one problem, and gives it.</summary>
    public static Problem Only(ComposeReading reading, string what)
    {
        var problem = Assert.Single(reading.Problems);
        Assert.Contains(what, problem.What, StringComparison.Ordinal);
        return problem;
    }
}
