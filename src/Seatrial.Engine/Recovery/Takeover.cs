namespace Seatrial.Engine.Recovery;

/// <summary>A record that passed from one owner to another without having been given back.</summary>
/// <param name="Slot">The record, in the judge's table.</param>
/// <param name="Record">As reports name it.</param>
/// <param name="From">Who had it.</param>
/// <param name="To">Who has it now.</param>
/// <param name="ClaimedAt">When the first claimed it, or renewed its lease, for the last time.</param>
/// <param name="LeaseUntil">When that lease ended; null where there is none.</param>
/// <param name="At">When the other claimed it.</param>
internal readonly record struct Takeover(
    int Slot, string Record, string From, string? To, long ClaimedAt, long? LeaseUntil, long At)
{
    /// <summary>How long after the lease's end the other came; where there are no leases, after the claim.</summary>
    public long Late => At - (LeaseUntil ?? ClaimedAt);
}
