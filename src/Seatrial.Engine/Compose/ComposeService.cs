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

    /// <summary>Networks by key where the file says more than aliases.</summary>
    public IReadOnlyDictionary<string, ComposeEndpoint> Endpoints { get; init; } =
        new Dictionary<string, ComposeEndpoint>();

    /// <summary>Instead of networks: <c>none</c>, <c>host</c>, <c>service:NAME</c>, <c>container:NAME</c>.</summary>
    public string? NetworkMode { get; init; }

    /// <summary>Services by name, with the further names that this one knows them by.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Links { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();

    public ComposeNaming Naming { get; init; } = new();

    public IReadOnlyList<ComposePort> Ports { get; init; } = [];

    /// <summary>Ports with protocol, e.g. <c>80/tcp</c>, that are open to other containers only.</summary>
    public IReadOnlyList<string> Expose { get; init; } = [];

    public IReadOnlyList<ComposeMount> Mounts { get; init; } = [];

    public IReadOnlyList<ComposeGrant> Secrets { get; init; } = [];

    public IReadOnlyList<ComposeGrant> Configs { get; init; } = [];

    public IReadOnlyList<ComposeDevice> Devices { get; init; } = [];

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<string> Profiles { get; init; } = [];

    public IReadOnlyList<string> CapAdd { get; init; } = [];

    public IReadOnlyList<string> CapDrop { get; init; } = [];

    public IReadOnlyList<string> SecurityOpt { get; init; } = [];

    public string? ContainerName { get; init; }

    public string? Hostname { get; init; }

    public string? User { get; init; }

    public IReadOnlyList<string> GroupAdd { get; init; } = [];

    public string? WorkingDir { get; init; }

    /// <summary><c>no</c>, <c>always</c>, <c>unless-stopped</c>, <c>on-failure</c> or <c>on-failure:N</c>.</summary>
    public string Restart { get; init; } = "no";

    public string? StopSignal { get; init; }

    public TimeSpan StopGracePeriod { get; init; } = TimeSpan.FromSeconds(10);

    public bool ReadOnly { get; init; }

    public bool Init { get; init; }

    public bool Privileged { get; init; }

    public bool Tty { get; init; }

    public bool StdinOpen { get; init; }

    public ComposeIsolation Isolation { get; init; } = new();

    public IReadOnlyDictionary<string, string> Sysctls { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, ComposeUlimit> Ulimits { get; init; } =
        new Dictionary<string, ComposeUlimit>();

    public ComposeLogging? Logging { get; init; }

    public IReadOnlyDictionary<string, string> StorageOptions { get; init; } = new Dictionary<string, string>();

    /// <summary>Bytes.</summary>
    public long? ShmSize { get; init; }

    public int Replicas { get; init; } = 1;

    public ComposeLimits Limits { get; init; } = new();

    public ComposeDeploy Deploy { get; init; } = new();

    public IReadOnlyList<ComposeWatch> Watch { get; init; } = [];

    public string? PullPolicy { get; init; }
}
