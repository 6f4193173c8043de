using Seatrial.Wire;

namespace Seatrial.Worker.Configuration;

/// <summary>What the environment says at one moment.</summary>
internal sealed record ConfigurationReading
{
    /// <summary>Holds only when no problem is an error.</summary>
    public required ContainerConfig Config { get; init; }

    public required IReadOnlyList<ConfigurationProblem> Problems { get; init; }

    /// <summary>By variable.</summary>
    public required IReadOnlyDictionary<string, ReadSetting> Settings { get; init; }

    /// <summary>From which settings came, or should have.</summary>
    public required IReadOnlyCollection<string> Files { get; init; }

    public bool IsValid => !Problems.Any(problem => problem.IsError);

    /// <summary>With secrets masked.</summary>
    public IReadOnlyList<ConfigurationValue> Values =>
    [
        .. Settings.Values.Select(setting => setting.Shown)
            .OfType<ConfigurationValue>()
            .OrderBy(value => value.Name, StringComparer.Ordinal),
    ];
}
