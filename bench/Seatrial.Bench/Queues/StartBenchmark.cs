using System.Diagnostics;
using System.Net;
using Seatrial.Testing;

namespace Seatrial.Bench.Queues;

/// <summary>From the start of a flow's container until it answers that it is ready, its database being up.</summary>
internal static class StartBenchmark
{
    private const string Image = "seatrial/rpa1:latest";

    public static async Task RunAsync(int rounds)
    {
        await using var server = await PostgresServer.StartAsync(["shared_buffers=1GB"], CancellationToken.None);
        var driver = await TestEngine.DriverAsync();
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(1) };
        var figures = new List<double>();
        for (var round = 0; round <= rounds; round++)
        {
            await using var database = await BenchDatabase.CreateAsync(server);
            var container = await DockerAsync(
                "create", "--rm", "--read-only", "--tmpfs", "/tmp", "--tmpfs", "/var/lib/seatrial",
                "-e", "CONTAINER_FLOW_NAME=rpa1",
                "-e", $"CONTAINER_DATABASE_CONNECTIONS__QUEUE__CONNECTION_STRING={database.ConnectionString}",
                "--network", await DockerAsync("inspect", "-f", "{{range $name, $_ := .NetworkSettings.Networks}}{{$name}}{{end}}", server.ContainerId),
                Image);
            try
            {
                var began = Stopwatch.GetTimestamp();
                await driver.Containers.StartAsync(container, CancellationToken.None);
                var state = await driver.Containers.InspectAsync(container, CancellationToken.None);
                await ReadyAsync(client, new Uri($"http://{state?.Addresses.Values.Single()}:8080/readyz"));
                if (round > 0)
                {
                    figures.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
                }
            }
            finally
            {
                await DockerAsync("rm", "--force", container);
            }
        }

        Console.WriteLine($"container start to ready: {Medians.Describe(figures, "F2")} s");
    }

    private static async Task ReadyAsync(HttpClient client, Uri endpoint)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync(endpoint, limit.Token);
                if (answer.StatusCode is HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, limit.Token);
        }
    }

    private static async Task<string> DockerAsync(params string[] arguments)
    {
        using var docker = Process.Start(new ProcessStartInfo("docker", arguments) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("docker does not start.");
        var output = await docker.StandardOutput.ReadToEndAsync();
        await docker.WaitForExitAsync();
        return docker.ExitCode == 0
            ? output.Trim()
            : throw new InvalidOperationException($"docker {arguments[0]} failed with exit code {docker.ExitCode}.");
    }
}
