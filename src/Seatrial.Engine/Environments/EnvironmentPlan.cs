using Seatrial.Engine.Compose;
using Seatrial.Engine.Drivers;

namespace Seatrial.Engine.Environments;

/// <summary>Everything that a run puts on an engine, decided before the first call to it.</summary>
public sealed record EnvironmentPlan
{
    public required string RunId { get; init; }

    /// <summary>The Compose project's name on the engine.</summary>
    public required string Project { get; init; }

    public required bool Keep { get; init; }

    /// <summary>Where a failed start leaves what is known of it; nowhere where null.</summary>
    public string? Diagnosis { get; init; }

    /// <summary>Those to create; external ones are only used.</summary>
    public required IReadOnlyList<NetworkRequest> Networks { get; init; }

    /// <summary>Those to create; external ones are only used.</summary>
    public required IReadOnlyList<VolumeRequest> Volumes { get; init; }

    /// <summary>Each after all that it waits for.</summary>
    public required IReadOnlyList<PlannedContainer> Containers { get; init; }

    /// <summary>From the first call to the last container's readiness.</summary>
    public required TimeSpan StartLimit { get; init; }
}

/// <summary>A container to be.</summary>
public sealed record PlannedContainer
{
    public required string Service { get; init; }

    /// <summary>From 1.</summary>
    public required int Number { get; init; }

    public required ContainerRequest Request { get; init; }

    /// <summary>What it waits for before it starts.</summary>
    public required IReadOnlyList<ComposeDependency> Gates { get; init; }

    /// <summary>From its start to its readiness.</summary>
    public required TimeSpan ReadyLimit { get; init; }

    /// <summary>Something waits for its end, not for its health.</summary>
    public required bool IsJob { get; init; }

    /// <summary>All that waits for it can go on without it.</summary>
    public required bool IsOptional { get; init; }

    /// <summary>The one that is there already; null for a new one.</summary>
    public ExistingContainer? Existing { get; init; }

    /// <summary>Where the file declares it.</summary>
    public required SourcePosition Position { get; init; }

    /// <summary>Its name on the engine.</summary>
    public string Name => Request.Name;
}

/// <summary>A container that is there already.</summary>
public sealed record ExistingContainer(string Id, ExistingUse Use)
{
    public bool IsRunning { get; init; } = true;
}

/// <summary>What becomes of a container that is there already.</summary>
public enum ExistingUse
{
    /// <summary>It runs as it should.</summary>
    Keep,

    /// <summary>It is as it should be, but does not run.</summary>
    Start,

    /// <summary>It is as it should be, but frozen.</summary>
    Unpause,

    /// <summary>A new one takes its place, once what that one waits for is ready.</summary>
    Replace,
}
