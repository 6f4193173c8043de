using System.Text.Json;
using Seatrial.Engine;
using Seatrial.Testing;

namespace Seatrial.Trials.Tests;

/// <summary>The commands around a system that stands, on a real engine.</summary>
[Collection(OneTrialAtATime.Name)]
[Trait("Needs", "Docker")]
public sealed class StandingSystemTests : IAsyncLifetime
{
    private readonly TrialFolder _folder = new();
    private readonly string _project = $"stand-{Guid.NewGuid():n}"[..14];

    public async ValueTask InitializeAsync()
    {
        await TestEngine.DriverAsync();
        Write(Compose());
    }

    public async ValueTask DisposeAsync()
    {
        await _folder.SeatrialAsync("down", "system", "--volumes", "--timeout", "0");
        _folder.Dispose();
    }

    [Fact]
    public async Task It_comes_up_is_kept_changes_where_its_file_does_and_goes_without_a_trace()
    {
        await RunAsync("up", "system", "--detach");
        var first = await ContainersAsync();
        await RunAsync("up", "system", "--detach");
        Assert.Contains("nothing had changed", _folder.Output, StringComparison.Ordinal);
        Assert.Equal(first.Select(one => one.Id), (await ContainersAsync()).Select(one => one.Id));

        Write(Compose(command: "exec sleep 1000"));
        await RunAsync("up", "system", "--dry-run");
        Assert.Contains("changed: command", _folder.Output, StringComparison.Ordinal);
        await RunAsync("up", "system", "--detach");
        var second = await ContainersAsync();
        Assert.Equal(IdOf(first, "db"), IdOf(second, "db"));
        Assert.NotEqual(IdOf(first, "app"), IdOf(second, "app"));

        await RunAsync("scale", "system", "app=3");
        Assert.Equal(4, (await ContainersAsync()).Count);
        await RunAsync("restart", "system", "app");
        await RunAsync("stop", "system", "app");
        Assert.Equal(3, (await ContainersAsync()).Count(one => one.State == "exited"));
        await RunAsync("down", "system", "--volumes");
        Assert.Empty(await ContainersAsync());
        Assert.Empty(await EngineObjects.OfRunAsync(_project));
    }

    [Fact]
    public async Task Commands_run_inside_and_what_containers_wrote_is_shown()
    {
        await RunAsync("up", "system", "--detach");

        Assert.Equal(7, await _folder.SeatrialAsync("exec", "system", "app", "--", "sh", "-c", "exit 7"));
        Assert.Equal(0, await _folder.SeatrialAsync("psql", "system", "--", "-c", "select 1"));
        await RunAsync("logs", "system", "app", "--grep", "hello", "--timestamps");
        Assert.Matches(@"app-1 \| 20..-..-..T..:..:..\....Z hello from app", _folder.Output);
    }

    [Fact]
    public async Task Attached_each_line_is_shown_once_and_what_ended_is_started_again()
    {
        Write($"""
            name: {_project}
            services:
              short:
                image: debian:bookworm-slim
                command: [sh, -c, "echo begun; sleep 4"]
                deploy:
                  restart_policy: {"{condition: any, delay: 200ms}"}
              long:
                image: debian:bookworm-slim
                command: [sh, -c, "n=0; while true; do n=$$((n+1)); echo tick $$n; sleep 0.1; done"]
                init: true
            """);
        using var interruption = new CancellationTokenSource(TimeSpan.FromSeconds(20));

        Assert.Equal((int)ExitCode.Interrupted, await _folder.SeatrialAsync(interruption.Token, "up", "system"));

        var ticks = _folder.Output.Split('\n')
            .Where(line => line.Contains(" tick ", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(ticks);
        Assert.Equal(ticks.Distinct(), ticks);
        Assert.Contains("short-1 ended; it is started again in 0.2 s", _folder.Output, StringComparison.Ordinal);
        Assert.True(_folder.Output.Split("begun").Length > 2, _folder.Output);
        Assert.All(await ContainersAsync(), container => Assert.Equal("exited", container.State));
    }

    [Fact]
    public async Task An_update_that_fails_is_rolled_back_to_the_very_containers_of_before()
    {
        Write(Replicas("exec sleep 999"));
        await RunAsync("up", "system", "--detach");
        var before = await ContainersAsync();

        Write(Replicas("echo no such luck >&2; exit 3"));
        await RunAsync("up", "system", "--dry-run");
        Assert.Contains("changed: command; wave 2 of 2", _folder.Output, StringComparison.Ordinal);
        Assert.Equal((int)ExitCode.Unavailable, await _folder.SeatrialAsync("up", "system", "--detach"));

        Assert.Contains("app-1 ended with exit code 3", _folder.Output, StringComparison.Ordinal);
        Assert.Contains("no such luck", _folder.Output, StringComparison.Ordinal);
        Assert.Contains("app was rolled back: app-1 run as before", _folder.Output, StringComparison.Ordinal);
        Assert.Equal(before, await ContainersAsync());

        Write(Replicas("exec sleep 998"));
        await RunAsync("up", "system", "--detach");
        var after = await ContainersAsync();
        Assert.All(after, one => Assert.Equal("running", one.State));
        Assert.Empty(after.Select(one => one.Id).Intersect(before.Select(one => one.Id)));
    }

    [Fact]
    public async Task What_does_not_come_up_is_told_and_stays()
    {
        Write(Compose(command: "echo no such luck >&2; exit 3"));

        Assert.Equal((int)ExitCode.Unavailable, await _folder.SeatrialAsync("up", "system", "--detach"));

        Assert.Contains("app-1 ended with exit code 3", _folder.Output, StringComparison.Ordinal);
        Assert.Contains("no such luck", _folder.Output, StringComparison.Ordinal);
        Assert.Contains(await ContainersAsync(), one => one is { Service: "app", State: "exited" });
        const string More = " more: ";
        var more = Assert.Single(
            _folder.Output.Split('\n'), line => line.StartsWith(More, StringComparison.Ordinal));
        var files = Directory.EnumerateFiles(more[More.Length..].Trim(), "*", SearchOption.AllDirectories).ToList();
        Assert.Equal(
            [
                "configuration.json", "containers.json", "events.txt", "problems.txt",
                $"{_project}-app-1.log", $"{_project}-db-1.log",
            ],
            files.Select(Path.GetFileName).Order(StringComparer.Ordinal).Select(name => name ?? ""));
        Assert.All(files, file => Assert.DoesNotContain("secret", File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_name_that_is_no_service_is_told_with_those_that_are()
    {
        Assert.Equal((int)ExitCode.Usage, await _folder.SeatrialAsync("up", "system", "ap"));
        Assert.Contains("Did you mean app?", _folder.Output, StringComparison.Ordinal);
        Assert.Equal((int)ExitCode.Unavailable, await _folder.SeatrialAsync("logs", "system"));
        Assert.Contains($"{_project} is not up", _folder.Output, StringComparison.Ordinal);
        Assert.Equal((int)ExitCode.Usage, await _folder.SeatrialAsync("scale", "system", "app=many"));
        Assert.Equal((int)ExitCode.Usage, await _folder.SeatrialAsync("exec", "system", "app"));
        Assert.Equal((int)ExitCode.Usage, await _folder.SeatrialAsync("logs", "system", "--since", "soon"));
        Assert.Equal((int)ExitCode.Usage, await _folder.SeatrialAsync("logs", "system", "--grep", "("));
    }

    private async Task RunAsync(params string[] command)
    {
        var exit = await _folder.SeatrialAsync(command);
        Assert.True(exit == 0, $"{string.Join(' ', command)}: {exit}\n{_folder.Output}");
    }

    private async Task<IReadOnlyList<Container>> ContainersAsync()
    {
        var before = _folder.Output.Length;
        await RunAsync("ps", "system", "--format", "json");
        var told = _folder.Output[before..];

        // After the warnings, if the file gives rise to any.
        using var json = JsonDocument.Parse(told[told.IndexOf('[', StringComparison.Ordinal)..]);
        return
        [
            .. json.RootElement.EnumerateArray().Select(one => new Container(
                one.GetProperty("service").GetString() ?? "",
                one.GetProperty("id").GetString() ?? "",
                one.GetProperty("state").GetString() ?? "")),
        ];
    }

    private static string IdOf(IReadOnlyList<Container> containers, string service) =>
        Assert.Single(containers, one => one.Service == service).Id;

    private void Write(string compose) => _folder.Write("system/compose.yaml", compose);

    private string Compose(string command = "exec sleep 999") => $"""
        name: {_project}
        services:
          db:
            image: seatrial/postgres
            environment: {"{POSTGRES_PASSWORD: secret}"}
            healthcheck:
              test: [CMD, pg_isready, --host=127.0.0.1, --username=postgres]
              interval: 1s
              retries: 60
            volumes: [data:/var/lib/postgresql/data]
          app:
            image: debian:bookworm-slim
            command: [sh, -c, "echo hello from app; {command}"]
            init: true
            stop_grace_period: 1s
            depends_on:
              db:
                condition: service_healthy
        volumes:
          data: {"{}"}
        """;

    private string Replicas(string command) => $$"""
        name: {{_project}}
        services:
          app:
            image: debian:bookworm-slim
            command: [sh, -c, "touch /tmp/up; {{command}}"]
            init: true
            stop_grace_period: 1s
            healthcheck: {test: [CMD, test, -e, /tmp/up], interval: 1s}
            deploy:
              replicas: 2
              update_config: {parallelism: 1, failure_action: rollback, monitor: 500ms}
        """;

    private sealed record Container(string Service, string Id, string State);
}
