namespace Seatrial.Engine.Measurements.Resources;

/// <summary>What the kernel had counted of one life of a container, or of the whole machine, at an instant.</summary>
public sealed record ResourceSample
{
    public required DateTimeOffset At { get; init; }

    /// <summary>Seconds of processor time so far, of all processes.</summary>
    public required double Cpu { get; init; }

    /// <summary>Periods of the processor's quota so far; none are counted where there is no quota.</summary>
    public long Periods { get; init; }

    /// <summary>Those of them in which the quota was used up before their end.</summary>
    public long Throttled { get; init; }

    /// <summary>Seconds so far that its processes were kept off the processors for it.</summary>
    public double ThrottledFor { get; init; }

    /// <summary>Cores; null without a limit.</summary>
    public double? CpuLimit { get; init; }

    /// <summary>Bytes of the working set: what is used without the file cache that may go.</summary>
    public required long Memory { get; init; }

    /// <summary>Bytes of it that no file backs: heaps and stacks.</summary>
    public long Anonymous { get; init; }

    /// <summary>Bytes; null without a limit.</summary>
    public long? MemoryLimit { get; init; }

    /// <summary>Bytes read from block devices so far.</summary>
    public long Read { get; init; }

    /// <summary>Bytes written to block devices so far; with control groups of version 1, without what the kernel wrote
    /// later.</summary>
    public long Written { get; init; }

    /// <summary>Bytes from the network so far, without the loopback.</summary>
    public long Received { get; init; }

    /// <summary>Bytes to the network so far.</summary>
    public long Sent { get; init; }

    /// <summary>Open file handles of all processes; looked at once a second.</summary>
    public int? Files { get; init; }

    /// <summary>Bytes of output that the engine keeps; null where it can't be seen.</summary>
    public long? Log { get; init; }

    /// <summary>What its runtime told; asked once a second, null where nothing answered.</summary>
    public RuntimeSample? Runtime { get; init; }
}
