using System.Diagnostics;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace Seatrial.Bench.Environments;

/// <summary>The limit: nothing but the engine's calls, all side by side.</summary>
internal sealed class BareEngineContender(string name, int count) : UpContender(name)
{
    public override async Task<UpTimes> RunAsync()
    {
        using var client = new DockerClientBuilder().Build();
        var began = Stopwatch.GetTimestamp();
        var network = await client.Networks.CreateNetworkAsync(
            new NetworksCreateParameters { Name = "seatrialbench_bare", Driver = "bridge" });
        var containers = await Task.WhenAll(Enumerable.Range(1, count).Select(async number =>
        {
            var created = await client.Containers.CreateContainerAsync(new CreateContainerParameters
            {
                Name = $"seatrialbench-bare-{number}",
                Image = "debian:bookworm-slim",
                Cmd = ["sleep", "3600"],
                HostConfig = new HostConfig { NetworkMode = "seatrialbench_bare", Init = true },
            });
            await client.Containers.StartContainerAsync(created.ID, new ContainerStartParameters());
            return created.ID;
        }));
        var up = Stopwatch.GetElapsedTime(began);
        began = Stopwatch.GetTimestamp();
        await Task.WhenAll(containers.Select(async id =>
        {
            await client.Containers.StopContainerAsync(id, new ContainerStopParameters { WaitBeforeKillSeconds = 10 });
            await client.Containers.RemoveContainerAsync(id, new ContainerRemoveParameters { RemoveVolumes = true });
        }));
        await client.Networks.DeleteNetworkAsync(network.ID);
        return new UpTimes(up, Stopwatch.GetElapsedTime(began));
    }
}
