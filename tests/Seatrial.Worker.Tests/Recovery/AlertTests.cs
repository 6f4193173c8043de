using System.Net;
using System.Text.Json;
using Seatrial.Worker.Hosting;
using Seatrial.Worker.Processing;
using Seatrial.Worker.Tests.Configuration;
using Seatrial.Worker.Tests.Hosting;
using Seatrial.Worker.Tests.Processing;

namespace Seatrial.Worker.Tests.Recovery;

/// <summary>What goes out before a worker ends on a critical error.</summary>
public sealed class AlertTests : IDisposable
{
    private const string Url = "MONITORING_CONFIG__ALERT_URL";

    private readonly TemporaryFolder _folder = new();
    private readonly HttpListener _listener = new();
    private readonly string _url = $"http://127.0.0.1:{TestWorker.FreePort()}/";

    public AlertTests()
    {
        _listener.Prefixes.Add(_url);
        _listener.Start();
    }

    [Fact]
    public async Task A_faulty_configuration_is_told_with_every_fault()
    {
        var alert = ReceiveAsync();
        await using var worker = new TestWorker(
            "Hots=db", _ => Assert.Fail("It was configured."), ("WORKER__LEASE", "soon"), (Url, _url));

        var told = await alert;

        Assert.Equal("critical configuration flow 78", Head(told));
        var message = told.GetProperty("message").GetString();
        Assert.Contains("CONTAINER_WORKER__LEASE", message, StringComparison.Ordinal);
        Assert.Contains("CONTAINER_DATABASE_CONNECTIONS__QUEUE__CONNECTION_STRING", message, StringComparison.Ordinal);
        Assert.Equal(78, await worker.ExitCode);
    }

    [Fact]
    public async Task A_required_dependency_that_does_not_come_up_is_told_with_its_cause()
    {
        var alert = ReceiveAsync();
        await using var worker = new TestWorker(
            "Host=nobody.invalid;Username=nobody;Password=s3cret", Configure, ("STARTUP_TIMEOUT", "1s"), (Url, _url),
            ("STATE_FOLDER", _folder.PathOf("")));

        var told = await alert;

        Assert.Equal("critical dependency flow 69", Head(told));
        Assert.Contains("QUEUE (name) after", told.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", told.ToString(), StringComparison.Ordinal);
        Assert.Equal(69, await worker.ExitCode);
    }

    [Fact]
    public async Task A_bug_is_told_before_the_end()
    {
        var alert = ReceiveAsync();
        await using var worker = new TestWorker(
            "Host=db;Username=nobody", _ => throw new InvalidOperationException("a bug of the flow"), (Url, _url));

        var told = await alert;

        Assert.Equal("critical runtime flow 70", Head(told));
        Assert.Equal(
            "InvalidOperationException: a bug of the flow", told.GetProperty("message").GetString());
        Assert.Equal(70, await worker.ExitCode);
    }

    [Fact]
    public async Task A_receiver_that_does_not_answer_holds_the_end_up_for_three_seconds_at_most()
    {
        var began = TimeProvider.System.GetTimestamp();
        await using var worker = new TestWorker(
            "Host=db;Username=nobody", _ => throw new InvalidOperationException("a bug of the flow"), (Url, _url));

        Assert.Equal(70, await worker.ExitCode);

        Assert.InRange(
            TimeProvider.System.GetElapsedTime(began), TimeSpan.FromSeconds(2.9), TimeSpan.FromSeconds(10));
        Assert.Contains(worker.Log.Lines, line =>
            line.Contains("The alert (runtime) did not get through", StringComparison.Ordinal));
    }

    public void Dispose()
    {
        _listener.Close();
        _folder.Dispose();
    }

    private static string Head(JsonElement alert) => string.Join(' ', new[]
    {
        "severity", "category", "flow", "exit_code",
    }.Select(name => alert.GetProperty(name).ToString()));

    private static void Configure(WorkerBuilder worker) =>
        worker.Handle("q", TestJson.Default.Number, _ => Outcome.Done());

    private async Task<JsonElement> ReceiveAsync()
    {
        var request = await _listener.GetContextAsync();
        using var body = await JsonDocument.ParseAsync(
            request.Request.InputStream, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("POST application/json", $"{request.Request.HttpMethod} {request.Request.ContentType}");
        request.Response.Close();
        return body.RootElement.Clone();
    }
}
