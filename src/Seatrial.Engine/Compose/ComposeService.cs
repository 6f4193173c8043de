namespace Seatrial.Engine.Compose;

/// <summary>A service as declared; null where the file is silent and the image decides.</summary>
public sealed record ComposeService
{
    public required string Name { get; init; }

    public string? Image { get; init; }

    public ComposeBuild? Build { get; init; }

    public IReadOnlyList<string>? Command { get; init; }

    public IReadOnlyList<string>? Entrypoint { get; init; }

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<ComposeDependency> DependsOn { get; init; } = [];

    public ComposeHealthcheck? Healthcheck { get; init; }

    /// <summary>Networks by key with the service's aliases there.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Networks { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();

    public IReadOnlyList<ComposePort> Ports { get; init; } = [];

    public IReadOnlyList<ComposeMount> Mounts { get; init; } = [];

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<string> Profiles { get; init; } = [];

    public IReadOnlyList<string> CapAdd { get; init; } = [];

    public IReadOnlyList<string> CapDrop { get; init; } = [];

    public IReadOnlyList<string> SecurityOpt { get; init; } = [];

    public string? ContainerName { get; init; }

    public string? Hostname { get; init; }

    public string? User { get; init; }

    public string? WorkingDir { get; init; }

    /// <summary><c>no</c>, <c>always</c>, <c>unless-stopped</c>, <c>on-failure</c> or <c>on-failure:N</c>.</summary>
    public string Restart { get; init; } = "no";

    public string? StopSignal { get; init; }

    public TimeSpan StopGracePeriod { get; init; } = TimeSpan.FromSeconds(10);

    public bool ReadOnly { get; init; }

    public bool Init { get; init; }

    public bool Privileged { get; init; }

    /// <summary>Bytes.</summary>
    public long? ShmSize { get; init; }

    public int Replicas { get; init; } = 1;

    public ComposeLimits Limits { get; init; } = new();
}

/// <summary>Upper bounds; null is without bound.</summary>
public sealed record ComposeLimits
{
    public double? Cpus { get; init; }

    /// <summary>Bytes.</summary>
    public long? Memory { get; init; }

    public long? Pids { get; init; }
}

/// <summary>How a service's image is built; paths are absolute.</summary>
public sealed record ComposeBuild
{
    public required string Context { get; init; }

    public required string Dockerfile { get; init; }

    public IReadOnlyDictionary<string, string> Args { get; init; } = new Dictionary<string, string>();

    public string? Target { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}

/// <summary>What a dependency must have reached before its dependent starts.</summary>
public enum DependencyCondition
{
    Started,
    Healthy,
    CompletedSuccessfully,
}

/// <summary>An edge of the start order.</summary>
public sealed record ComposeDependency(string Service, DependencyCondition Condition, bool Required = true);

/// <summary>
/// A health check; <see cref="Test"/> starts with <c>NONE</c>, <c>CMD</c> or <c>CMD-SHELL</c>, or is null (the
/// image's).
/// </summary>
public sealed record ComposeHealthcheck
{
    public IReadOnlyList<string>? Test { get; init; }

    public TimeSpan? Interval { get; init; }

    public TimeSpan? Timeout { get; init; }

    public TimeSpan? StartPeriod { get; init; }

    public TimeSpan? StartInterval { get; init; }

    public int? Retries { get; init; }
}

/// <summary>A published port; <see cref="HostPort"/> null is one that the engine chooses.</summary>
public sealed record ComposePort(
    int ContainerPort, string Protocol = "tcp", int? HostPort = null, string? HostIp = null);

/// <summary>What a mount is backed by.</summary>
public enum MountKind
{
    Bind,
    Volume,
    Tmpfs,
}

/// <summary>A mount; <see cref="Source"/> is an absolute path, a volume's key, or null (anonymous, tmpfs).</summary>
public sealed record ComposeMount(MountKind Kind, string? Source, string Target, bool ReadOnly = false)
{
    /// <summary>Size of a tmpfs in bytes.</summary>
    public long? TmpfsSize { get; init; }

    /// <summary>Mode of a tmpfs, e.g. octal 1777.</summary>
    public int? TmpfsMode { get; init; }
}
