namespace Seatrial.Worker.Prefect;

/// <summary>A call to Prefect that did not succeed.</summary>
internal sealed class PrefectException(
    PrefectFault fault, string message, TimeSpan? retryAfter = null, Exception? cause = null)
    : Exception(message, cause)
{
    public PrefectFault Fault { get; } = fault;

    /// <summary>When the server said so.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
