using Seatrial.Testing;

namespace Seatrial.Docker.Tests;

[Trait("Needs", "Docker")]
public sealed class DockerConformanceTests
{
    public static TheoryData<string> Behaviours => [.. DriverConformance.Behaviours];

    [Theory]
    [MemberData(nameof(Behaviours))]
    public Task Docker_conforms(string behaviour) => new DriverConformance(async () => await TestEngine.DriverAsync())
        .RunAsync(behaviour, TestContext.Current.CancellationToken);
}
