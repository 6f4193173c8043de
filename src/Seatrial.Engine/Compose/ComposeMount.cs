namespace Seatrial.Engine.Compose;

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
    /// <summary>How mounts below a bind are shared, e.g. <c>rslave</c>; null is the engine's way.</summary>
    public string? Propagation { get; init; }

    /// <summary>Whether a bind's folder is made where it is missing.</summary>
    public bool CreateHostPath { get; init; } = true;

    /// <summary>Whether a volume stays empty where the image has files.</summary>
    public bool NoCopy { get; init; }

    /// <summary>Size of a tmpfs in bytes.</summary>
    public long? TmpfsSize { get; init; }

    /// <summary>Mode of a tmpfs, e.g. octal 1777.</summary>
    public int? TmpfsMode { get; init; }
}
