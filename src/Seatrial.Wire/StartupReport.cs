namespace Seatrial.Wire;

/// <summary>What a container answers on <c>/startup-report</c> and logs at its start.</summary>
public sealed record StartupReport
{
    public required string Flow { get; init; }

    public required string Environment { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Every setting, in the order of its name, with secrets masked.</summary>
    public required IReadOnlyList<ConfigurationValue> Configuration { get; init; }

    /// <summary>What was found amiss and does not hinder the start.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public IReadOnlyList<DependencyStatus> Dependencies { get; init; } = [];

    /// <summary>By name: <c>worker</c>, <c>flow</c>, <c>dotnet</c>, <c>npgsql</c>, <c>os</c>.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    public required ContainerLimits Limits { get; init; }
}
