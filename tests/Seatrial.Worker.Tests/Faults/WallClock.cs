namespace Seatrial.Worker.Tests.Faults;

/// <summary>A clock that can be set, as that of a machine: timers and timestamps go on as they did.</summary>
internal sealed class WallClock : TimeProvider
{
    private long _offset;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _offset));

    public void Set(TimeSpan offset) => Interlocked.Exchange(ref _offset, offset.Ticks);
}
