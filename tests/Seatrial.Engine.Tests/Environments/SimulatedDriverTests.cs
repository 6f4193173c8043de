using Seatrial.Testing;
using Seatrial.Testing.Simulation;

namespace Seatrial.Engine.Tests.Environments;

/// <summary>What the simulation promises is what real drivers do, so that tests on it mean something.</summary>
public sealed class SimulatedDriverTests
{
    public static TheoryData<string> Behaviours => [.. DriverConformance.Behaviours];

    [Theory]
    [MemberData(nameof(Behaviours))]
    public async Task Simulation_conforms(string behaviour)
    {
        await using var driver = SimulatedDriver.ForConformance(TimeProvider.System);
        await new DriverConformance(() => Task.FromResult<Drivers.IContainerDriver>(driver))
            .RunAsync(behaviour, TestContext.Current.CancellationToken);
    }
}
