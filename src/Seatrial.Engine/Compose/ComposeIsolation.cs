namespace Seatrial.Engine.Compose;

/// <summary>What of the host, or of another container, a container shares; null is as the engine does.</summary>
public sealed record ComposeIsolation
{
    /// <summary><c>host</c>, <c>service:NAME</c> or <c>container:NAME</c>.</summary>
    public string? Pid { get; init; }

    /// <summary><c>host</c>, <c>private</c>, <c>shareable</c>, <c>service:NAME</c> or <c>container:NAME</c>.</summary>
    public string? Ipc { get; init; }

    public string? Uts { get; init; }

    public string? UserNamespace { get; init; }

    /// <summary><c>host</c> or <c>private</c>.</summary>
    public string? Cgroup { get; init; }

    public string? CgroupParent { get; init; }

    public IReadOnlyList<string> DeviceCgroupRules { get; init; } = [];

    public string? Runtime { get; init; }
}

/// <summary>A device of the host in a container.</summary>
public sealed record ComposeDevice(string Source, string Target, string Permissions);

/// <summary>Where a container's output goes.</summary>
public sealed record ComposeLogging
{
    public string? Driver { get; init; }

    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();
}
