namespace Seatrial.Worker.Http;

/// <summary>A request that is not done, with the status that says so and the reason.</summary>
internal sealed class RefusalException(int status, string reason, Exception? cause = null) : Exception(reason, cause)
{
    public int Status { get; } = status;

    /// <summary>Whole seconds after which it may be done; null where waiting does not help.</summary>
    public int? RetryAfter { get; init; }
}
