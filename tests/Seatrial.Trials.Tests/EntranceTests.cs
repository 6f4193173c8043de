using System.Net;
using System.Text;
using System.Text.Json;

namespace Seatrial.Trials.Tests;

/// <summary>The balancer of the sample system, while workers behind it come and go.</summary>
[Collection(OneTrialAtATime.Name)]
[Trait("Needs", "Docker")]
[Trait("Needs", QuietLast.Quiet)]
public sealed class EntranceTests : IAsyncLifetime
{
    private const string Payload = """
        {"year": "2000", "marital": "Married", "age": "30", "race": "White", "rincome": "Lt $1000",
         "partyid": "Independent", "relig": "None", "denom": "Not applicable", "tvhours": "2"}
        """;

    private readonly TrialFolder _folder = new();
    private readonly string _project = $"entrance-{Guid.NewGuid():n}"[..16];

    public async ValueTask InitializeAsync()
    {
        await WholeSystem.BuildAsync();
        new SampleSystem(_project).WriteTo(_folder);
    }

    public async ValueTask DisposeAsync()
    {
        await _folder.SeatrialAsync("down", "system", "--profile", "whole", "--volumes", "--timeout", "0");
        _folder.Dispose();
    }

    [Fact]
    public async Task A_worker_that_is_stopped_and_one_that_is_killed_cost_no_caller_anything()
    {
        await RunAsync("up", "system", "--profile", "whole", "--detach");
        using var client = new HttpClient { BaseAddress = await EntranceAsync() };
        using var over = new CancellationTokenSource();
        var posts = PostAsync(client, over.Token);

        await DockerAsync("restart", $"{_project}-rpa1-1");
        await RunAsync("up", "system", "--profile", "whole", "--detach");
        await DockerAsync("kill", $"{_project}-rpa1-1");
        await RunAsync("up", "system", "--profile", "whole", "--detach");
        await over.CancelAsync();

        var statuses = await posts;
        Assert.True(statuses.Count > 10, $"{statuses.Count} requests show nothing.");
        Assert.All(statuses, status => Assert.Equal(HttpStatusCode.Accepted, status));
    }

    private static async Task<List<HttpStatusCode>> PostAsync(HttpClient client, CancellationToken over)
    {
        var statuses = new List<HttpStatusCode>();
        while (!over.IsCancellationRequested)
        {
            using var content = new StringContent(
                $$"""{"key": "k{{statuses.Count}}", "payload": {{Payload}} }""", Encoding.UTF8, "application/json");
            using var response = await client.PostAsync(
                new Uri("records", UriKind.Relative), content, TestContext.Current.CancellationToken);
            statuses.Add(response.StatusCode);
        }

        return statuses;
    }

    private async Task<Uri> EntranceAsync()
    {
        var before = _folder.Output.Length;
        await RunAsync("ps", "system", "--profile", "whole", "--format", "json");
        var told = _folder.Output[before..];
        using var json = JsonDocument.Parse(told[told.IndexOf('[', StringComparison.Ordinal)..]);
        var balancer = json.RootElement.EnumerateArray().Single(
            container => container.GetProperty("service").GetString() == "lb");
        return new Uri($"http://127.0.0.1:{balancer.GetProperty("ports").GetProperty("8080").GetInt32()}/");
    }

    private async Task DockerAsync(params string[] command)
    {
        var (exit, output) = await Programs.RunAsync(_folder.Path, "docker", command);
        Assert.True(exit == 0, output);
    }

    private async Task RunAsync(params string[] command) =>
        Assert.True(await _folder.SeatrialAsync(command) == 0, _folder.Output);
}
