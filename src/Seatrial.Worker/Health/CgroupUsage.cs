namespace Seatrial.Worker.Health;

/// <summary>What a container has used so far.</summary>
/// <param name="Memory">Bytes that the kernel could not drop.</param>
/// <param name="CpuTime">Since it started.</param>
/// <param name="Periods">Of the CPU's quota, in which it wanted to run.</param>
/// <param name="ThrottledPeriods">Those in which it was stopped.</param>
internal sealed record CgroupUsage(long Memory, TimeSpan CpuTime, long Periods, long ThrottledPeriods);
