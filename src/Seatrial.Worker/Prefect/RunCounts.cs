using System.Globalization;

namespace Seatrial.Worker.Prefect;

/// <summary>What was done in a span of work.</summary>
/// <param name="Claimed">Claims, also those of records that were claimed before.</param>
/// <param name="Ended">Records done or dead.</param>
/// <param name="Failed">Attempts that failed.</param>
/// <param name="Stale">Records that others took over before this worker was through with them.</param>
internal sealed record RunCounts(long Claimed, long Ended, long Failed, long Stale)
{
    public static RunCounts None { get; } = new(0, 0, 0, 0);

    public static RunCounts operator -(RunCounts now, RunCounts before) => new(
        now.Claimed - before.Claimed, now.Ended - before.Ended, now.Failed - before.Failed, now.Stale - before.Stale);

    public static RunCounts operator +(RunCounts one, RunCounts other) => new(
        one.Claimed + other.Claimed, one.Ended + other.Ended, one.Failed + other.Failed, one.Stale + other.Stale);

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Ended} records ended, {Failed} failed attempts, {Stale} stale");
}
