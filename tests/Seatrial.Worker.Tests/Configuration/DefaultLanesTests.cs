using Seatrial.Worker.Configuration;

namespace Seatrial.Worker.Tests.Configuration;

public sealed class DefaultLanesTests
{
    [Theory]
    [InlineData(8, null, 16_000, 8)]
    [InlineData(8, 2.5, 16_000, 3)]
    [InlineData(2, 4.0, 16_000, 2)]
    [InlineData(8, null, 200, 3)]
    [InlineData(8, 0.1, 16_000, 1)]
    [InlineData(8, null, 16, 1)]
    public void As_many_as_there_are_processors_and_memory_for(
        int processors, double? cpus, int megabytes, int expected) =>
        Assert.Equal(expected, DefaultLanes.Count(processors, cpus, (long)megabytes << 20));
}
