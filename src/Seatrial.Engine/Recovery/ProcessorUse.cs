namespace Seatrial.Engine.Recovery;

/// <summary>How much processor time the life of a worker's container had used by when.</summary>
/// <param name="Container">Its name.</param>
/// <param name="Samples">In order.</param>
public sealed record ProcessorUse(string Container, IReadOnlyList<ProcessorSample> Samples)
{
    /// <summary>Cores used between two instants; null where no two samples lie between them.</summary>
    public double? Cores(DateTimeOffset from, DateTimeOffset to)
    {
        var within = Samples.Where(sample => sample.At >= from && sample.At <= to).ToList();
        return within.Count < 2 ? null
            : (within[^1].Seconds - within[0].Seconds) / (within[^1].At - within[0].At).TotalSeconds;
    }
}

/// <summary>What the kernel had counted at an instant.</summary>
/// <param name="At">When.</param>
/// <param name="Seconds">Of processor time, of all processes of the container.</param>
public sealed record ProcessorSample(DateTimeOffset At, double Seconds);
