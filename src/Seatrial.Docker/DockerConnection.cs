using System.Net.Sockets;
using Docker.DotNet;
using Seatrial.Engine;

namespace Seatrial.Docker;

/// <summary>
/// The client with an agreed API version. Every call goes through <c>CallAsync</c>, which bounds it in time and
/// turns what the engine or the connection refuses into problems that a user can act on.
/// </summary>
internal sealed class DockerConnection(DockerClient client, Version apiVersion, TimeProvider clock) : IDisposable
{
    /// <summary>Long enough for an engine under heavy load, short enough to be noticed.</summary>
    public static readonly TimeSpan UsualLimit = TimeSpan.FromSeconds(60);

    private static readonly Version _ours = new(1, 44);

    /// <summary>For streams that live as long as their reader; all else goes through <c>CallAsync</c>.</summary>
    public DockerClient Client { get; } = client;

    public Version ApiVersion { get; } = apiVersion;

    public TimeProvider Clock { get; } = clock;

    public Uri Endpoint => Client.Options.Endpoint;

    public static async Task<DockerConnection> OpenAsync(
        Uri endpoint, TimeProvider clock, CancellationToken cancellationToken)
    {
        Version agreed;
        using (var unversioned = new DockerConnection(Build(endpoint, null), new Version(0, 0), clock))
        {
            var version = await unversioned.CallAsync(
                "its version",
                TimeSpan.FromSeconds(10),
                static (client, token) => client.System.GetVersionAsync(token),
                cancellationToken);
            agreed = Agree(Version.Parse(version.APIVersion), version.MinAPIVersion, endpoint);
        }

        return new DockerConnection(Build(endpoint, agreed), agreed, clock);
    }

    /// <summary>Calls the engine; <paramref name="what"/> completes "the engine was asked for/to …".</summary>
    public Task<T> CallAsync<T>(
        string what, Func<DockerClient, CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        CallAsync(what, UsualLimit, call, cancellationToken);

    /// <summary>Calls the engine; <paramref name="limit"/> may be <see cref="Timeout.InfiniteTimeSpan"/>.</summary>
    public async Task<T> CallAsync<T>(
        string what,
        TimeSpan limit,
        Func<DockerClient, CancellationToken, Task<T>> call,
        CancellationToken cancellationToken)
    {
        using var time = new CancellationTokenSource(limit, Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        try
        {
            return await call(Client, either.Token);
        }
        catch (OperationCanceledException e) when (
            time.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new SeatrialException(ExitCode.Unavailable, [EngineProblems.Slow(what, limit, Endpoint)], e);
        }
        catch (DockerApiException e)
        {
            throw new SeatrialException(ExitCode.Unavailable, [EngineProblems.Refused(what, e, Endpoint)], e);
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or IOException)
        {
            throw new SeatrialException(ExitCode.Unavailable, [EngineProblems.Unreachable(e, Endpoint)], e);
        }
    }

    /// <summary>A call without an answer.</summary>
    public Task CallAsync(
        string what, Func<DockerClient, CancellationToken, Task> call, CancellationToken cancellationToken) =>
        CallAsync(
            what,
            UsualLimit,
            async (client, token) =>
            {
                await call(client, token);
                return true;
            },
            cancellationToken);

    /// <summary>A removal: what is gone already is as good as removed.</summary>
    public Task RemoveAsync(
        string what,
        TimeSpan limit,
        Func<DockerClient, CancellationToken, Task> call,
        CancellationToken cancellationToken) =>
        CallAsync(
            what,
            limit,
            async (client, token) =>
            {
                try
                {
                    await call(client, token);
                    return true;
                }
                catch (DockerApiException e) when (EngineProblems.IsGone(e))
                {
                    return false;
                }
            },
            cancellationToken);

    /// <summary>Containers are removed one at a time. Engine 20.10 locks itself up for good when one leaves a network
    /// (<c>getSvcRecords</c>) while another one's leaving is still worked off (<c>processEndpointDelete</c>): each
    /// takes the other's lock second. Five containers on two networks, removed at once, met it twice in a
    /// day.</summary>
    public SemaphoreSlim Leaving { get; } = new(1);

    public void Dispose()
    {
        Leaving.Dispose();
        Client.Dispose();
    }

    private static DockerClient Build(Uri endpoint, Version? version)
    {
        // The client's own limit would cut events, logs and builds; CallAsync bounds the rest.
        var builder = new DockerClientBuilder().WithEndpoint(endpoint).WithTimeout(Timeout.InfiniteTimeSpan);
        return (version is null ? builder : builder.WithApiVersion(version)).Build();
    }

    private static Version Agree(Version engine, string? oldest, Uri endpoint)
    {
        if (engine < new Version(1, 41))
        {
            throw new SeatrialException(
                ExitCode.Unavailable,
                $"The engine speaks API {engine}; Seatrial needs 1.41 (Docker 20.10) or newer.",
                endpoint.ToString(),
                "Update the Docker Engine.");
        }

        var oldestOfEngine = Version.TryParse(oldest, out var parsed) ? parsed : _ours;
        var newest = engine < _ours ? engine : _ours;
        return newest < oldestOfEngine ? oldestOfEngine : newest;
    }
}
