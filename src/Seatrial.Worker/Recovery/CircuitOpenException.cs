namespace Seatrial.Worker.Recovery;

/// <summary>A dependency was not asked, because it failed too often of late.</summary>
public sealed class CircuitOpenException : Exception
{
    internal CircuitOpenException(string service, TimeSpan retryAfter)
        : base($"{service} is not asked for {retryAfter.TotalMilliseconds:F0} ms: it failed too often of late.")
    {
        Service = service;
        RetryAfter = retryAfter;
    }

    /// <summary>The dependency's name.</summary>
    public string Service { get; }

    /// <summary>Zero while another attempt probes it.</summary>
    public TimeSpan RetryAfter { get; }
}
