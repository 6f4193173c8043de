using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Seatrial.Worker.Hosting;
using Seatrial.Worker.Telemetry;

namespace Seatrial.Worker.Tests.Hosting;

/// <summary>A whole worker inside the test's process.</summary>
internal sealed class TestWorker : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ILoggerFactory _logs;
    private readonly Task<int> _running;

    public TestWorker(
        string connectionString, Action<WorkerBuilder> configure, params (string Name, string Value)[] variables)
        : this(TimeProvider.System, connectionString, configure, variables)
    {
    }

    /// <summary>By a clock of the test's own.</summary>
    public TestWorker(
        TimeProvider time, string connectionString, Action<WorkerBuilder> configure,
        params (string Name, string Value)[] variables)
    {
        Port = FreePort();
        var all = new Dictionary<string, string>
        {
            ["CONTAINER_FLOW_NAME"] = "flow",
            ["CONTAINER_DATABASE_CONNECTIONS__QUEUE__CONNECTION_STRING"] = connectionString,
            ["CONTAINER_HEALTH_CHECK_CONFIG__PORT"] = $"{Port}",
        };
        foreach (var (name, value) in variables)
        {
            all["CONTAINER_" + name] = value;
        }

        _logs = LoggerFactory.Create(
            logging => WorkerLogs.WithSpans(logging).AddProvider(Log).SetMinimumLevel(LogLevel.Debug));
        var environment = new WorkerEnvironment
        {
            Variables = all,
            HostName = Environment.MachineName,
            Time = time,
            Logs = _logs,
            Threshold = new LogThreshold(),
        };
        _running = Task.Run(() => WorkerHost.RunAsync(configure, environment, _stop.Token));
    }

    public LogWatch Log { get; } = new();

    public int Port { get; }

    /// <summary>When the worker has ended by itself.</summary>
    public Task<int> ExitCode => _running.WaitAsync(TestContext.Current.CancellationToken);

    /// <summary>As SIGTERM does; returns the exit code.</summary>
    public async Task<int> StopAsync()
    {
        await _stop.CancelAsync();
        return await ExitCode;
    }

    /// <summary>Status code and body of an endpoint, as soon as the port is open.</summary>
    public async Task<(int Status, string Body)> GetAsync(string path)
    {
        using var http = new HttpClient(new SocketsHttpHandler { ConnectCallback = ConnectAsync });
        using var response =
            await http.GetAsync(new Uri($"http://127.0.0.1:{Port}{path}"), TestContext.Current.CancellationToken);
        return (
            (int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _logs.Dispose();
        _stop.Dispose();
    }

    private static async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        while (true)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException refused) when (refused.SocketErrorCode is SocketError.ConnectionRefused)
            {
                socket.Dispose();
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
            }
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
