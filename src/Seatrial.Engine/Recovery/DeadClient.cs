namespace Seatrial.Engine.Recovery;

/// <summary>A client of the database that died, and how long the database did not know.</summary>
/// <param name="Container">Its container.</param>
/// <param name="DiedAt">When the engine saw it die.</param>
/// <param name="Sessions">Its sessions that outlived it.</param>
/// <param name="SessionUntil">When the last of them was last seen; null when none was.</param>
/// <param name="LockUntil">When a lock of one was last seen; null when none was.</param>
public sealed record DeadClient(
    string Container, DateTimeOffset DiedAt, int Sessions, DateTimeOffset? SessionUntil, DateTimeOffset? LockUntil);
