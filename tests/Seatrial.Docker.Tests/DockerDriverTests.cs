using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using Seatrial.Engine;
using Seatrial.Engine.Compose;
using Seatrial.Engine.Drivers;
using Seatrial.Engine.Environments;
using Seatrial.Testing;

namespace Seatrial.Docker.Tests;

public sealed class DockerDriverTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_an_engine_it_says_where_none_is_and_what_to_do()
    {
        var thrown = await Assert.ThrowsAsync<SeatrialException>(
            () => DockerDriver.ConnectAsync("unix:///no/such/docker.sock", TimeProvider.System, Token));

        Assert.Equal(ExitCode.Unavailable, thrown.ExitCode);
        var problem = Assert.Single(thrown.Problems);
        Assert.Equal("No container engine answers.", problem.What);
        Assert.Contains("/no/such/docker.sock", problem.Where);
        Assert.Contains("systemctl start docker", problem.Fix);
    }

    [Theory]
    [InlineData("ssh://me@there")]
    [InlineData("nonsense")]
    public async Task An_address_that_can_not_be_one_is_refused(string host)
    {
        var thrown = await Assert.ThrowsAsync<SeatrialException>(
            () => DockerDriver.ConnectAsync(host, TimeProvider.System, Token));

        Assert.Contains(host, Assert.Single(thrown.Problems).What);
    }

    [Fact]
    public async Task An_engine_that_never_answers_is_given_up()
    {
        await using var silent = new SocketProxy(target: null);
        var clock = new FakeTimeProvider();
        var connecting = DockerDriver.ConnectAsync(silent.Address, clock, Token);

        clock.Advance(TimeSpan.FromSeconds(11));

        var thrown = await Assert.ThrowsAsync<SeatrialException>(() => connecting);
        Assert.Equal(
            "The engine did not answer within 10 s when it was asked for its version.", thrown.Problems[0].What);
    }

    [Fact]
    [Trait("Needs", "Docker")]
    public async Task The_engine_is_described()
    {
        var driver = await TestEngine.DriverAsync();

        var engine = await driver.Engine.DescribeAsync(Token);

        Assert.StartsWith("docker ", engine.Version);
        Assert.InRange(Version.Parse(engine.ApiVersion), new Version(1, 41), new Version(1, 99));
        Assert.True(engine.Cpus > 0 && engine.Memory > 0);
        Assert.InRange((TimeProvider.System.GetUtcNow() - engine.Clock).TotalMinutes, -5, 5);
    }

    [Fact]
    [Trait("Needs", "Docker")]
    public async Task A_running_container_proves_that_the_host_is_shared()
    {
        var driver = await TestEngine.DriverAsync();
        await using var environment = await StartAsync(driver, Sleeping("a"));

        var state = await driver.Containers.InspectAsync(environment.Containers[0].Id, Token);

        Assert.Equal(
            (await File.ReadAllTextAsync($"/proc/{state?.ProcessId}/cgroup", Token)).Contains(
                environment.Containers[0].Id),
            (await driver.Engine.DescribeAsync(Token)).SharesHost);
    }

    [Fact]
    [Trait("Needs", "Docker")]
    public async Task Settings_take_effect_in_the_container()
    {
        var driver = await TestEngine.DriverAsync();
        await using var environment = await StartAsync(driver, Sleeping("a") with
        {
            Command =
            [
                "sh", "-c",
                "id -u; hostname; pwd; echo $A; touch /x 2>&1; touch /tmp/y && echo tmp; ls /v; "
                    + "grep CapEff /proc/self/status; df -k /dev/shm | tail -n1 | awk '{print $2}'; touch /tmp/x; "
                    + "sleep 100",
            ],
            User = "1000",
            Hostname = "worker",
            WorkingDir = "/usr",
            ReadOnly = true,
            CapDrop = ["ALL"],
            ShmSize = 1 << 20,
            Environment = new Dictionary<string, string> { ["A"] = "b c" },
            Mounts =
            [
                new ComposeMount(MountKind.Tmpfs, null, "/tmp"),
                new ComposeMount(MountKind.Bind, "/proc/sys/kernel/random", "/v", ReadOnly: true),
            ],
            Healthcheck = new ComposeHealthcheck
            {
                Test = ["CMD", "test", "-e", "/tmp/x"],
                Interval = TimeSpan.FromMilliseconds(100),
            },
        });

        var output = await environment.OutputsAsync(Token).SingleAsync(Token);

        Assert.Equal(
            ["1000", "worker", "/usr", "b c", "touch: cannot touch '/x': Read-only file system", "tmp"],
            output.Lines.Take(6));
        Assert.Contains("boot_id", output.Lines);
        Assert.Contains("CapEff:\t0000000000000000", output.Lines);
        Assert.Contains("1024", output.Lines);
    }

    [Fact]
    [Trait("Needs", "Docker")]
    public async Task A_port_in_use_names_the_port_the_service_and_who_holds_it()
    {
        var driver = await TestEngine.DriverAsync();
        await using var holder = await StartAsync(driver, Sleeping("holder") with { Ports = [new ComposePort(80)] });
        var state = await driver.Containers.InspectAsync(holder.Containers[0].Id, Token);
        var port = Assert.Single(state?.PublishedPorts ?? new Dictionary<int, int>()).Value;

        var problem = await FailureAsync(
            driver, Sleeping("web") with { Ports = [new ComposePort(80, HostPort: port)] });

        Assert.Equal($"Host port {port} is in use.", problem.What);
        Assert.Contains("(service web)", problem.Where);
        Assert.Equal($"Container {holder.Containers[0].Name} publishes it.", problem.Why);
    }

    [Fact]
    [Trait("Needs", "Docker")]
    public async Task A_port_that_a_program_holds_is_told_too()
    {
        var driver = await TestEngine.DriverAsync();
        using var listener = new TcpListener(IPAddress.Any, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var problem = await FailureAsync(
            driver, Sleeping("web") with { Ports = [new ComposePort(80, HostPort: port)] });

        Assert.Equal($"Host port {port} is in use.", problem.What);
        Assert.Equal("A program on the engine's host listens there.", problem.Why);
    }

    [Fact]
    [Trait("Needs", "Docker")]
    public async Task A_missing_image_or_program_or_network_is_told_by_its_name()
    {
        var driver = await TestEngine.DriverAsync();

        var image = await FailureAsync(driver, Sleeping("a") with { Image = "seatrial/no-such-image:1" });
        var program = await FailureAsync(driver, Sleeping("a") with { Command = ["/no/such/program"] });

        Assert.Equal("The engine has no image seatrial/no-such-image:1.", image.What);
        Assert.Equal("The image can't run /no/such/program: no such file or directory.", program.What);
        Assert.Contains("(service a)", program.Where);
    }

    [Fact]
    [Trait("Needs", "Docker")]
    public async Task A_second_network_of_one_name_is_refused_rather_than_made()
    {
        var driver = await TestEngine.DriverAsync();
        var name = TestEngine.NewRunId();
        var request = new NetworkRequest(name, new ComposeNetwork(), new Dictionary<string, string>
        {
            [RunLabels.Project] = "theirs",
            [RunLabels.Run] = name,
            [RunLabels.Owner] = RunOwner.Current.ToString(),
        });
        var id = await driver.Networks.CreateAsync(request, Token);

        try
        {
            var thrown = await Assert.ThrowsAsync<SeatrialException>(() => driver.Networks.CreateAsync(request, Token));
            Assert.Equal($"The network name {name} is in use.", Assert.Single(thrown.Problems).What);
            Assert.Contains("of project theirs", thrown.Problems[0].Where);
        }
        finally
        {
            await driver.Networks.RemoveAsync(id, CancellationToken.None);
        }
    }

    [Fact]
    [Trait("Needs", "Docker")]
    public async Task A_broken_connection_loses_no_event_and_tells_none_twice()
    {
        var driver = await TestEngine.DriverAsync();
        await using var proxy = new SocketProxy((TestEngine.Host ?? "unix:///var/run/docker.sock")["unix://".Length..]);
        await using var watcher = await DockerDriver.ConnectAsync(proxy.Address, TimeProvider.System, Token);
        var runId = TestEngine.NewRunId();
        var plan = EnvironmentPlans.Plan(
            ComposeProjects.Of("test", Sleeping("a")), new EnvironmentOptions { RunId = runId });
        var since = (await watcher.Engine.DescribeAsync(Token)).Clock;
        await using var events = watcher.Engine
            .WatchAsync(RunLabels.Run, runId, since, Token)
            .GetAsyncEnumerator(Token);
        var runner = new EnvironmentRunner(driver, TimeProvider.System);

        // From the start: an engine keeps few events, and others make many.
        var first = events.MoveNextAsync().AsTask();
        await using var environment = await runner.StartAsync(plan, null, Token);
        List<EngineEventKind> kinds = [await NextAsync(), await NextAsync()];

        proxy.Cut();
        await environment.TearDownAsync(TearDown.Fast);

        kinds.AddRange([await NextAsync(), await NextAsync()]);
        Assert.Equal(
            [EngineEventKind.Created, EngineEventKind.Started, EngineEventKind.Died, EngineEventKind.Removed], kinds);

        async Task<EngineEventKind> NextAsync()
        {
            Assert.True(await (first ?? events.MoveNextAsync().AsTask()));
            first = null;
            return events.Current.Kind;
        }
    }

    private static ComposeService Sleeping(string name) =>
        ComposeProjects.Service(name) with { Command = ["sleep", "1000"] };

    private static Task<RunningEnvironment> StartAsync(DockerDriver driver, ComposeService service) =>
        new EnvironmentRunner(driver, TimeProvider.System).StartAsync(
            EnvironmentPlans.Plan(
                ComposeProjects.Of("test", service), new EnvironmentOptions { RunId = TestEngine.NewRunId() }),
            progress: null,
            Token);

    private static async Task<Problem> FailureAsync(DockerDriver driver, ComposeService service)
    {
        var thrown = await Assert.ThrowsAsync<SeatrialException>(() => StartAsync(driver, service));
        Assert.Equal(ExitCode.Unavailable, thrown.ExitCode);
        return Assert.Single(thrown.Problems);
    }
}
