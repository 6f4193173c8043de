using Seatrial.Engine.Environments;
using Seatrial.Testing;

namespace Seatrial.Trials.Tests;

/// <summary>What is on the engine.</summary>
internal static class EngineObjects
{
    /// <summary>Names of a run's containers, networks and volumes.</summary>
    public static async Task<IReadOnlyList<string>> OfRunAsync(string runId)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var driver = await TestEngine.DriverAsync();
        return
        [
            .. (await driver.Containers.ListAsync(RunLabels.Run, runId, cancellation))
                .Select(container => container.Name),
            .. (await driver.Networks.ListAsync(RunLabels.Run, runId, cancellation)).Select(network => network.Name),
            .. (await driver.Volumes.ListAsync(RunLabels.Run, runId, cancellation)).Select(volume => volume.Name),
        ];
    }
}
