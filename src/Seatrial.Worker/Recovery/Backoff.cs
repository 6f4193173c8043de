using System.Security.Cryptography;
using Seatrial.Worker.Configuration;

namespace Seatrial.Worker.Recovery;

/// <summary>Exponential waits with jitter, so that many workers do not come back in step.</summary>
internal static class Backoff
{
    private const int Steps = 1 << 20;

    /// <summary>The wait after so many failures in a row (from 1).</summary>
    public static TimeSpan Delay(RetryConfig retry, int failures) =>
        Delay(retry, failures, RandomNumberGenerator.GetInt32(Steps) / (double)Steps);

    /// <summary>Between the half and the whole of the doubled wait, by chance in [0, 1).</summary>
    public static TimeSpan Delay(RetryConfig retry, int failures, double chance)
    {
        var whole = Math.Min(retry.MaxDelay.Ticks, retry.FirstDelay.Ticks * Math.Pow(2, Math.Min(failures - 1, 60)));
        return TimeSpan.FromTicks((long)(whole * (0.5 + (chance / 2))));
    }
}
