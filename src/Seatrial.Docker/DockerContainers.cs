using Docker.DotNet;
using Docker.DotNet.Models;
using Seatrial.Engine;
using Seatrial.Engine.Drivers;

namespace Seatrial.Docker;

/// <summary>Containers of a Docker Engine.</summary>
internal sealed class DockerContainers(DockerConnection connection)
    : IContainers, ICanStop, ICanRename, ICanReadLogs, ICanExecute, ICanMeasure, ICanPause, ICanKill
{
    private const int FreezeAttempts = 5;

    private static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(100);

    public async Task<string> CreateAsync(ContainerRequest request, CancellationToken cancellationToken)
    {
        var id = await connection.CallAsync(
            $"container {request.Name}",
            async (client, token) => (await client.Containers.CreateContainerAsync(
                ContainerParameters.From(request, connection.ApiVersion), token)).ID,
            cancellationToken);
        try
        {
            foreach (var (network, endpoint) in ContainerParameters.LaterNetworks(request, connection.ApiVersion))
            {
                await connection.CallAsync(
                    $"container {request.Name} on network {network}",
                    (client, token) => client.Networks.ConnectNetworkAsync(
                        network, new NetworkConnectParameters { Container = id, EndpointConfig = endpoint }, token),
                    cancellationToken);
            }

            await ContainerFiles.PutAsync(connection, id, request, cancellationToken);
        }
        catch (Exception e) when (e is SeatrialException or OperationCanceledException)
        {
            await RemoveAsync(id, TimeSpan.Zero, CancellationToken.None);
            throw;
        }

        return id;
    }

    public Task StartAsync(string id, CancellationToken cancellationToken) =>
        connection.CallAsync(
            $"the start of container {id}",
            async (client, token) =>
            {
                try
                {
                    await client.Containers.StartContainerAsync(id, new ContainerStartParameters(), token);
                }
                catch (DockerApiException e)
                {
                    throw new SeatrialException(
                        ExitCode.Unavailable, [await StartProblemAsync(client, id, e, token)], e);
                }
            },
            cancellationToken);

    public Task<ContainerState?> InspectAsync(string id, CancellationToken cancellationToken) =>
        connection.CallAsync(
            $"the state of container {id}",
            async (client, token) =>
            {
                try
                {
                    return ContainerStates.From(await client.Containers.InspectContainerAsync(id, token));
                }
                catch (DockerContainerNotFoundException)
                {
                    return null;
                }
            },
            cancellationToken);

    public Task<IReadOnlyList<ContainerSummary>> ListAsync(
        string label, string? value, CancellationToken cancellationToken) =>
        connection.CallAsync<IReadOnlyList<ContainerSummary>>(
            "its containers",
            async (client, token) =>
            {
                var filters = EngineValues.LabelFilter(label, value);
                var containers = await client.Containers.ListContainersAsync(
                    new ContainersListParameters { All = true, Filters = filters }, token);
                return [.. containers.Select(ContainerStates.From)];
            },
            cancellationToken);

    public Task StopAsync(string id, TimeSpan gracePeriod, CancellationToken cancellationToken)
    {
        var seconds = (uint)Math.Ceiling(gracePeriod.TotalSeconds);
        return connection.RemoveAsync(
            $"the stop of container {id}",
            DockerConnection.UsualLimit + gracePeriod,
            (client, token) => client.Containers.StopContainerAsync(
                id, new ContainerStopParameters { WaitBeforeKillSeconds = seconds }, token),
            cancellationToken);
    }

    public Task RenameAsync(string id, string name, CancellationToken cancellationToken) =>
        connection.RemoveAsync(
            $"the name {name} for container {id}",
            DockerConnection.UsualLimit,
            (client, token) => client.Containers.RenameContainerAsync(
                id, new ContainerRenameParameters { NewName = name }, token),
            cancellationToken);

    public async Task RemoveAsync(string id, TimeSpan gracePeriod, CancellationToken cancellationToken)
    {
        if (gracePeriod > TimeSpan.Zero)
        {
            await StopAsync(id, gracePeriod, cancellationToken);
        }

        await connection.Leaving.WaitAsync(cancellationToken);
        try
        {
            await connection.RemoveAsync(
                $"the removal of container {id}",
                DockerConnection.UsualLimit,
                (client, token) => RemoveAsync(client, id, token),
                cancellationToken);
        }
        finally
        {
            connection.Leaving.Release();
        }
    }

    public Task<IReadOnlyList<string>> LogsAsync(string id, int? tail, CancellationToken cancellationToken) =>
        ContainerLogs.AllAsync(connection, id, tail, cancellationToken);

    public IAsyncEnumerable<LogLine> ReadAsync(string id, LogQuery query, CancellationToken cancellationToken) =>
        ContainerLogs.ReadAsync(connection, id, query, cancellationToken);

    public Task<int> ExecuteAsync(
        string id, ExecRequest request, ExecStreams streams, CancellationToken cancellationToken) =>
        ContainerExec.RunAsync(connection, id, request, streams, cancellationToken);

    public Task<ContainerUsage?> MeasureAsync(string id, CancellationToken cancellationToken) =>
        connection.CallAsync(
            $"what container {id} uses",
            async (client, token) =>
            {
                ContainerUsage? usage = null;
                await client.Containers.GetContainerStatsAsync(
                    id,
                    new ContainerStatsParameters { Stream = false, OneShot = true },
                    new Sample(stats => usage = ContainerStates.From(stats)),
                    token);
                return usage;
            },
            cancellationToken);

    public async Task PauseAsync(string id, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await connection.CallAsync(
                    $"the pause of container {id}",
                    (client, token) => client.Containers.PauseContainerAsync(id, token),
                    cancellationToken);
                return;
            }
            catch (SeatrialException refusal) when (attempt < FreezeAttempts
                && refusal.Message.Contains("unable to freeze", StringComparison.Ordinal))
            {
                // The kernel's first freezer gives up where processes are being started, as health probes are.
            }
        }
    }

    public Task UnpauseAsync(string id, CancellationToken cancellationToken) =>
        connection.CallAsync(
            $"the wake-up of container {id}",
            (client, token) => client.Containers.UnpauseContainerAsync(id, token),
            cancellationToken);

    public Task KillAsync(string id, string signal, CancellationToken cancellationToken) =>
        connection.CallAsync(
            $"signal {signal} to container {id}",
            (client, token) => client.Containers.KillContainerAsync(
                id, new ContainerKillParameters { Signal = signal }, token),
            cancellationToken);

    /// <summary>
    /// With the names that a user knows, where the engine knows the id only; and with who holds a port.
    /// </summary>
    private async Task<Problem> StartProblemAsync(
        DockerClient client, string id, DockerApiException refusal, CancellationToken cancellationToken)
    {
        var state = await InspectAsync(id, cancellationToken);
        var service = state?.Labels.GetValueOrDefault("com.docker.compose.service");
        var problem = EngineProblems.Refused(
            $"the start of container {state?.Name ?? id}{(service is null ? "" : $" (service {service})")}",
            refusal,
            connection.Endpoint);
        if (EngineRefusals.PortOf(EngineProblems.Message(refusal)) is not { } port)
        {
            return problem;
        }

        var filters = new Dictionary<string, IDictionary<string, bool>>
        {
            ["publish"] = new Dictionary<string, bool> { [$"{port}"] = true },
        };
        var holders = await client.Containers.ListContainersAsync(
            new ContainersListParameters { Filters = filters }, cancellationToken);
        return holders.Select(ContainerStates.From).FirstOrDefault() is { } holder
            ? problem with { Why = $"Container {holder.Name} publishes it." }
            : problem with { Why = "A program on the engine's host listens there." };
    }

    private async Task RemoveAsync(DockerClient client, string id, CancellationToken cancellationToken)
    {
        var parameters = new ContainerRemoveParameters { Force = true, RemoveVolumes = true };
        try
        {
            await client.Containers.RemoveContainerAsync(id, parameters, cancellationToken);
        }
        catch (DockerApiException e) when (EngineProblems.IsBeingRemoved(e))
        {
            // By someone else, who swept at the same moment; its networks can't go before it has.
            while (await InspectAsync(id, cancellationToken) is not null)
            {
                await Task.Delay(_patience, connection.Clock, cancellationToken);
            }
        }
    }

    /// <summary>Told at once, and not on some other thread later.</summary>
    private sealed class Sample(Action<ContainerStatsResponse> take) : IProgress<ContainerStatsResponse>
    {
        public void Report(ContainerStatsResponse value) => take(value);
    }
}
