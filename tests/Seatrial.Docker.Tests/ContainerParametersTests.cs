using Docker.DotNet.Models;
using Seatrial.Engine.Compose;
using Seatrial.Engine.Drivers;
using Version = System.Version;

namespace Seatrial.Docker.Tests;

public sealed class ContainerParametersTests
{
    private static readonly Version _old = new(1, 41);
    private static readonly Version _new = new(1, 44);

    private static readonly ComposeService _full = new()
    {
        Name = "rpa1",
        Command = ["serve", "--fast"],
        Entrypoint = ["/app/worker"],
        Environment = new Dictionary<string, string> { ["A"] = "1", ["B"] = "x=y" },
        Healthcheck = new ComposeHealthcheck
        {
            Test = ["CMD", "true"],
            Interval = TimeSpan.FromSeconds(1),
            Timeout = TimeSpan.FromSeconds(2),
            StartPeriod = TimeSpan.FromSeconds(3),
            StartInterval = TimeSpan.FromMilliseconds(100),
            Retries = 4,
        },
        Ports = [new(80, HostPort: 8080, HostIp: "127.0.0.1"), new(80), new(53, "udp")],
        CapAdd = ["NET_ADMIN"],
        CapDrop = ["ALL"],
        SecurityOpt = ["no-new-privileges:true"],
        Hostname = "worker",
        User = "1000:1000",
        WorkingDir = "/work",
        Restart = "on-failure:3",
        StopSignal = "SIGINT",
        StopGracePeriod = TimeSpan.FromSeconds(7),
        ReadOnly = true,
        Init = true,
        Privileged = true,
        ShmSize = 256 << 20,
        Limits = new ComposeLimits { Cpus = 0.5, Memory = 64 << 20, Pids = 50 },
    };

    [Fact]
    public void Every_declared_value_reaches_the_engine()
    {
        var parameters = From(_full, _new);
        var host = parameters.HostConfig!;

        Assert.Equal(["serve", "--fast"], parameters.Cmd);
        Assert.Equal(["/app/worker"], parameters.Entrypoint);
        Assert.Equal(["A=1", "B=x=y"], parameters.Env);
        Assert.Equal(("worker", "1000:1000", "/work"), (parameters.Hostname, parameters.User, parameters.WorkingDir));
        Assert.Equal(("SIGINT", TimeSpan.FromSeconds(7)), (parameters.StopSignal, parameters.StopTimeout));
        Assert.Equal(["NET_ADMIN"], host.CapAdd);
        Assert.Equal(["ALL"], host.CapDrop);
        Assert.Equal(["no-new-privileges:true"], host.SecurityOpt);
        Assert.Equal((true, true, true), (host.ReadonlyRootfs, host.Init, host.Privileged));
        Assert.Equal(
            (256L << 20, 500_000_000L, 64L << 20, 50L), (host.ShmSize, host.NanoCPUs, host.Memory, host.PidsLimit));
        Assert.Equal(
            (RestartPolicyKind.OnFailure, 3), (host.RestartPolicy!.Name, host.RestartPolicy.MaximumRetryCount));
        Assert.Equal("1", parameters.Labels["label"]);
    }

    [Fact]
    public void Ports_are_exposed_once_and_published_where_the_file_says_else_where_the_engine_likes()
    {
        var parameters = From(_full, _old);

        Assert.Equal(["53/udp", "80/tcp"], parameters.ExposedPorts!.Keys.Order());
        Assert.Equal(
            [("127.0.0.1", "8080"), ("", "")],
            parameters.HostConfig!.PortBindings!["80/tcp"].Select(binding => (binding.HostIP, binding.HostPort)));
    }

    [Fact]
    public void A_start_interval_goes_only_to_engines_that_know_it()
    {
        Assert.Equal(TimeSpan.FromMilliseconds(100), From(_full, _new).Healthcheck!.StartInterval);
        Assert.Null(From(_full, _old).Healthcheck!.StartInterval);
        Assert.Equal(4, From(_full, _old).Healthcheck!.Retries);
    }

    [Fact]
    public void Several_networks_go_at_once_only_to_engines_that_take_them()
    {
        var request = Request(_full);

        Assert.Equal(["one", "two"], ContainerParameters.From(request, _new).NetworkingConfig!.EndpointsConfig!.Keys);
        Assert.Empty(ContainerParameters.LaterNetworks(request, _new));
        Assert.Equal(["one"], ContainerParameters.From(request, _old).NetworkingConfig!.EndpointsConfig!.Keys);
        var later = Assert.Single(ContainerParameters.LaterNetworks(request, _old));
        Assert.Equal("two", later.Key);
        Assert.Equal(["rpa1", "alias"], later.Value.Aliases);
    }

    [Fact]
    public void What_the_file_does_not_say_is_left_to_the_image()
    {
        var parameters = From(new ComposeService { Name = "a" }, _old);

        Assert.Null(parameters.Cmd);
        Assert.Null(parameters.Entrypoint);
        Assert.Null(parameters.Healthcheck);
        Assert.Null(parameters.HostConfig!.Init);
        Assert.Equal("", parameters.User);
    }

    [Fact]
    public void An_emptied_entrypoint_is_not_the_images() =>
        Assert.Equal([""], From(new ComposeService { Name = "a", Entrypoint = [] }, _old).Entrypoint);

    [Fact]
    public void Mounts_are_of_the_kind_that_was_asked_for()
    {
        var host = From(new ComposeService { Name = "a" }, _old).HostConfig!;

        Assert.Equal(["/host:/bind:ro"], host.Binds);
        Assert.Equal(
            [("bind", "/with:colon"), ("volume", "vol"), ("tmpfs", "")], host.Mounts!.Select(m => (m.Type, m.Source)));
        Assert.Equal((1 << 20, 511u), (host.Mounts![2].TmpfsOptions!.SizeBytes, host.Mounts[2].TmpfsOptions!.Mode));
    }

    [Theory]
    [InlineData("no", RestartPolicyKind.No)]
    [InlineData("always", RestartPolicyKind.Always)]
    [InlineData("unless-stopped", RestartPolicyKind.UnlessStopped)]
    [InlineData("on-failure", RestartPolicyKind.OnFailure)]
    public void Restart_policies_are_the_engines(string restart, RestartPolicyKind kind) =>
        Assert.Equal(
            kind, From(new ComposeService { Name = "a", Restart = restart }, _old).HostConfig!.RestartPolicy!.Name);

    private static CreateContainerParameters From(ComposeService service, Version version) =>
        ContainerParameters.From(Request(service), version);

    private static ContainerRequest Request(ComposeService service) => new()
    {
        Name = "n",
        Image = "i",
        Service = service,
        Labels = new Dictionary<string, string> { ["label"] = "1" },
        Networks = new Dictionary<string, IReadOnlyList<string>> { ["one"] = ["rpa1"], ["two"] = ["rpa1", "alias"] },
        Mounts =
        [
            new ComposeMount(MountKind.Bind, "/host", "/bind", ReadOnly: true),
            new ComposeMount(MountKind.Bind, "/with:colon", "/b"),
            new ComposeMount(MountKind.Volume, "vol", "/v"),
            new ComposeMount(MountKind.Tmpfs, null, "/tmp") { TmpfsSize = 1 << 20, TmpfsMode = 511 },
        ],
    };
}
