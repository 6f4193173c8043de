using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Seatrial.Worker.Processing;
using Seatrial.Worker.Tests.Hosting;
using Seatrial.Worker.Tests.Processing;

namespace Seatrial.Worker.Tests.Telemetry;

public sealed class OtlpExportTests
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string Services = "/opentelemetry.proto.collector.";

    private static readonly string _traceBytes = Encoding.Latin1.GetString(Convert.FromHexString(Trace));

    [Theory]
    [InlineData("http/protobuf", "/v1/metrics", "/v1/traces")]
    [InlineData("grpc", Services + "metrics.v1.MetricsService/Export", Services + "trace.v1.TraceService/Export")]
    public async Task Metrics_and_traces_reach_a_collector_with_the_names_of_the_worker(
        string protocol, string metricsPath, string tracesPath)
    {
        var received = new ConcurrentDictionary<string, TaskCompletionSource<string>>();
        TaskCompletionSource<string> At(string path) => received.GetOrAdd(
            path, _ => new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously));
        var port = TestWorker.FreePort();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.ListenLocalhost(
            port, listen => listen.Protocols = protocol == "grpc" ? HttpProtocols.Http2 : HttpProtocols.Http1));
        await using var collector = builder.Build();
        collector.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            var text = Encoding.Latin1.GetString(body.ToArray());

            // The first metrics may come before the first record, and the spans of other tests before this one's.
            var awaited = http.Request.Path.Value == metricsPath ? "seatrial.job.run.duration" : _traceBytes;
            if (text.Contains(awaited, StringComparison.Ordinal))
            {
                At(http.Request.Path.Value ?? "").TrySetResult(text);
            }
        });
        await collector.StartAsync(TestQueue.Cancellation);
        await using var queue = await TestQueue.CreateAsync();
        await queue.ExecuteAsync(
            $"alter table seatrial.records alter column trace set default '00-{Trace}-00f067aa0ba902b7-01'");
        await queue.EnqueueAsync("q", 2);

        await using var worker = new TestWorker(
            queue.ConnectionString,
            flow => flow.Handle("q", TestJson.Default.Number, _ => Outcome.Done()),
            ("MONITORING_CONFIG__OTLP_ENDPOINT", $"http://127.0.0.1:{port}"),
            ("MONITORING_CONFIG__OTLP_PROTOCOL", protocol),
            ("MONITORING_CONFIG__OTLP_INTERVAL", "100ms"));

        var metrics = await At(metricsPath).Task.WaitAsync(TimeSpan.FromMinutes(1), TestQueue.Cancellation);
        string[] expected =
        [
            "service.name", "flow", "service.instance.id", "deployment.environment.name", "seatrial.job.claimed",
            "seatrial.job.run.duration", "seatrial.dependency.up", "container.memory.working_set",
            "db.client.connection",
        ];
        Assert.All(expected, name => Assert.Contains(name, metrics, StringComparison.Ordinal));
        var traces = At(tracesPath).Task;

        // All tests' spans go through the same queue, which drops what is too much.
        for (var second = 0; second < 60 && !traces.IsCompleted; second++)
        {
            await queue.EnqueueAsync("q", 2);
            await Task.WhenAny(
                traces, Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, TestQueue.Cancellation));
        }

        Assert.Equal(0, await worker.StopAsync());
        Assert.True(traces.IsCompleted, "No span of this trace came.");
        Assert.Contains("q process", await traces, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_collector_that_is_away_holds_nothing_up()
    {
        await using var queue = await TestQueue.CreateAsync();
        await queue.EnqueueAsync("q", 2);
        await using var worker = new TestWorker(
            queue.ConnectionString,
            flow => flow.Handle("q", TestJson.Default.Number, _ => Outcome.Done()),
            ("MONITORING_CONFIG__OTLP_ENDPOINT", $"http://127.0.0.1:{TestWorker.FreePort()}"));
        await queue.UntilAsync("(select count(*) from seatrial.results) = 2");

        Assert.Equal(0, await worker.StopAsync().WaitAsync(TimeSpan.FromSeconds(10), TestQueue.Cancellation));
    }
}
