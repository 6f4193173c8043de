using Seatrial.Worker.Configuration;
using Seatrial.Worker.Recovery;

namespace Seatrial.Worker.Prefect;

/// <summary>Waits after failures that are counted from 0.</summary>
internal static class RetryDelays
{
    public static TimeSpan After(RetryConfig retry, int failuresBefore) => Backoff.Delay(retry, failuresBefore + 1);
}
