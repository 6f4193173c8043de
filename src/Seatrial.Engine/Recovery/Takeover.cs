namespace Seatrial.Engine.Recovery;

/// <summary>A record that passed from one owner to another without having been given back.</summary>
/// <param name="Record">As reports name it.</param>
/// <param name="From">Who had it.</param>
/// <param name="To">Who has it now.</param>
/// <param name="ClaimedAt">When the first claimed it, or renewed its lease, for the last time.</param>
/// <param name="LeaseUntil">When that lease ended; null where there is none.</param>
/// <param name="At">When the other claimed it.</param>
internal readonly record struct Takeover(
    string Record, string From, string? To, long ClaimedAt, long? LeaseUntil, long At);
