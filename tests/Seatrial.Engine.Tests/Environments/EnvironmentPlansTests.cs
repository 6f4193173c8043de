using Seatrial.Engine.Compose;
using Seatrial.Engine.Environments;
using Seatrial.Testing;

namespace Seatrial.Engine.Tests.Environments;

public sealed class EnvironmentPlansTests
{
    private static readonly EnvironmentOptions _options = new()
    {
        RunId = "r1",
        Owner = new RunOwner("host", "boot", 42, 7),
    };

    [Fact]
    public void Every_name_is_of_the_run_and_in_the_form_of_Compose()
    {
        var plan = EnvironmentPlans.Plan(ComposeProjects.Rpa(), _options);

        Assert.Equal("rpa-r1", plan.Project);
        Assert.Equal(
            ["rpa-r1-db-1", "rpa-r1-rpa1-1", "rpa-r1-rpa1-2", "rpa-r1-rpa2-1", "rpa-r1-rpa3-1"],
            plan.Containers.Select(container => container.Name));
        Assert.Equal(["rpa-r1_data"], plan.Networks.Select(network => network.Name));
        Assert.Equal(["rpa-r1_db"], plan.Volumes.Select(volume => volume.Name));
        Assert.Equal("rpa-r1_db", plan.Containers[0].Request.Mounts.Single().Source);
        Assert.Equal(["db"], plan.Containers[0].Request.Networks["rpa-r1_data"]);
    }

    [Fact]
    public void Every_object_bears_the_labels_of_the_run_and_of_Compose()
    {
        var plan = EnvironmentPlans.Plan(ComposeProjects.Rpa(), _options);

        var container = plan.Containers[2].Request.Labels;
        Assert.Equal("rpa-r1", container["com.docker.compose.project"]);
        Assert.Equal("rpa1", container["com.docker.compose.service"]);
        Assert.Equal("2", container["com.docker.compose.container-number"]);
        Assert.Equal("False", container["com.docker.compose.oneoff"]);
        Assert.Equal("/rpa/compose.yaml", container["com.docker.compose.project.config_files"]);
        Assert.Equal("/rpa", container["com.docker.compose.project.working_dir"]);
        Assert.Equal("db:service_healthy:false", container["com.docker.compose.depends_on"]);
        Assert.Matches("^[0-9a-f]{64}$", container["com.docker.compose.config-hash"]);
        Assert.Equal("data", plan.Networks[0].Labels["com.docker.compose.network"]);
        Assert.Equal("db", plan.Volumes[0].Labels["com.docker.compose.volume"]);
        Assert.All(
            [container, plan.Networks[0].Labels, plan.Volumes[0].Labels],
            labels =>
            {
                Assert.Equal("r1", labels["seatrial.run"]);
                Assert.Equal("host|boot|42|7", labels["seatrial.owner"]);
                Assert.DoesNotContain("seatrial.keep", labels);
            });
    }

    [Fact]
    public void Only_a_kept_run_is_labelled_so()
    {
        var plan = EnvironmentPlans.Plan(ComposeProjects.Rpa(), _options with { Keep = true });

        Assert.True(plan.Keep);
        Assert.Equal("true", plan.Networks[0].Labels["seatrial.keep"]);
        Assert.Equal("true", plan.Containers[0].Request.Labels["seatrial.keep"]);
    }

    [Fact]
    public void A_declared_label_never_displaces_one_that_the_run_is_known_by()
    {
        var labels = new Dictionary<string, string> { ["seatrial.run"] = "mine", ["team"] = "a" };
        var project = ComposeProjects.Of("p", ComposeProjects.Service("a") with { Labels = labels });

        var container = EnvironmentPlans.Plan(project, _options).Containers[0].Request;

        Assert.Equal("r1", container.Labels["seatrial.run"]);
        Assert.Equal("a", container.Labels["team"]);
    }

    [Fact]
    public void The_config_hash_changes_with_the_declaration_and_with_nothing_else()
    {
        string Hash(ComposeService service, string run) => EnvironmentPlans
            .Plan(ComposeProjects.Of("p", service), _options with { RunId = run })
            .Containers[0].Request.Labels["com.docker.compose.config-hash"];
        var service = ComposeProjects.Service("a");

        Assert.Equal(Hash(service, "r1"), Hash(service, "r2"));
        Assert.NotEqual(Hash(service, "r1"), Hash(service with { Command = ["true"] }, "r1"));
    }

    [Fact]
    public void Containers_come_after_what_they_wait_for_whatever_the_order_of_the_file()
    {
        var project = ComposeProjects.Of(
            "p",
            ComposeProjects.Service("c", "b", "a"),
            ComposeProjects.Service("b", "a"),
            ComposeProjects.Service("a"));

        var plan = EnvironmentPlans.Plan(project, _options);

        Assert.Equal(["a", "b", "c"], plan.Containers.Select(container => container.Service));
    }

    [Fact]
    public void Names_that_the_user_fixed_are_kept_and_external_objects_are_not_created()
    {
        var project = ComposeProjects.Of(
            "p",
            ComposeProjects.Service("a") with
            {
                ContainerName = "mine",
                Ports = [new ComposePort(80, HostPort: 8080)],
                Networks = new Dictionary<string, IReadOnlyList<string>> { ["fixed"] = ["x"], ["outer"] = [] },
                Mounts = [new ComposeMount(MountKind.Volume, "kept", "/kept"), new ComposeMount(
                    MountKind.Bind, "/h", "/b")],
            }) with
        {
            Networks = new Dictionary<string, ComposeNetwork>
            {
                ["fixed"] = new() { Name = "fixed-name" },
                ["outer"] = new() { External = true },
                ["unused"] = new(),
            },
            Volumes = new Dictionary<string, ComposeVolume> { ["kept"] = new() { Name = "precious", External = true } },
        };

        var plan = EnvironmentPlans.Plan(project, _options);

        var request = plan.Containers[0].Request;
        Assert.Equal("mine", request.Name);
        Assert.Equal(8080, request.Service.Ports[0].HostPort);
        Assert.Equal(["fixed-name", "outer"], request.Networks.Keys);
        Assert.Equal(["a", "x"], request.Networks["fixed-name"]);
        Assert.Equal(["precious", "/h"], request.Mounts.Select(mount => mount.Source));
        Assert.Equal(["fixed-name"], plan.Networks.Select(network => network.Name));
        Assert.Empty(plan.Volumes);
    }

    [Fact]
    public void An_image_is_the_runs_else_the_files_else_the_one_that_Compose_would_name()
    {
        var project = ComposeProjects.Of(
            "p",
            ComposeProjects.Service("a"),
            ComposeProjects.Service("b"),
            ComposeProjects.Service("c") with { Image = null });
        var images = new Dictionary<string, string> { ["a"] = "sha256:abc" };

        var plan = EnvironmentPlans.Plan(project, _options with { Images = images });

        Assert.Equal(["sha256:abc", "debian:bookworm-slim", "p-c"], plan.Containers.Select(c => c.Request.Image));
    }

    [Fact]
    public void Replicas_of_the_run_come_before_those_of_the_file()
    {
        var replicas = new Dictionary<string, int> { ["rpa1"] = 3, ["rpa3"] = 0 };

        var plan = EnvironmentPlans.Plan(ComposeProjects.Rpa(), _options with { Replicas = replicas });

        Assert.Equal(
            ["db-1", "rpa1-1", "rpa1-2", "rpa1-3", "rpa2-1"],
            plan.Containers.Select(container => $"{container.Service}-{container.Number}"));
    }

    [Fact]
    public void All_that_replicas_make_impossible_is_told_at_once()
    {
        var project = ComposeProjects.Of(
            "p",
            ComposeProjects.Service("a") with { ContainerName = "mine", Ports = [new ComposePort(80, HostPort: 8080)] },
            ComposeProjects.Service("b"),
            ComposeProjects.Service("c", "b"));
        var replicas = new Dictionary<string, int> { ["a"] = 2, ["b"] = 0 };

        var thrown = Assert.Throws<SeatrialException>(
            () => EnvironmentPlans.Plan(project, _options with { Replicas = replicas }));

        Assert.Equal(ExitCode.Usage, thrown.ExitCode);
        Assert.Equal(
            [
                "2 containers of a can't all be named mine.",
                "2 containers of a can't all publish host port 8080.",
                "c waits for b, of which no container runs.",
            ],
            thrown.Problems.Select(problem => problem.What));
        Assert.All(thrown.Problems, problem => Assert.StartsWith("compose.yaml:", problem.Where));
    }

    [Fact]
    public void What_only_optional_dependents_need_is_optional_and_what_is_waited_out_is_a_job()
    {
        var project = ComposeProjects.Of(
            "p",
            ComposeProjects.Service("job"),
            ComposeProjects.Service("nice"),
            ComposeProjects.Service("app") with
            {
                DependsOn =
                [
                    new ComposeDependency("job", DependencyCondition.CompletedSuccessfully),
                    new ComposeDependency("nice", DependencyCondition.Healthy, Required: false),
                ],
            });

        var plan = EnvironmentPlans.Plan(project, _options);

        Assert.Equal([("job", true, false), ("nice", false, true), ("app", false, false)], plan.Containers
            .Select(container => (container.Service, container.IsJob, container.IsOptional)));
    }

    [Fact]
    public void Time_limits_follow_the_health_check_and_add_up_along_the_longest_way()
    {
        ComposeService Checked(string name, int retries, params string[] needs) =>
            ComposeProjects.Service(name, needs) with
            {
                Healthcheck = new ComposeHealthcheck
                {
                    Test = ["CMD", "true"],
                    Interval = TimeSpan.FromSeconds(5),
                    Timeout = TimeSpan.FromSeconds(5),
                    StartPeriod = TimeSpan.FromSeconds(10),
                    Retries = retries,
                },
            };

        var plan = EnvironmentPlans.Plan(ComposeProjects.Of("p", Checked("a", 9), Checked("b", 1, "a")), _options);

        Assert.Equal([100, 60], plan.Containers.Select(container => container.ReadyLimit.TotalSeconds));
        Assert.Equal(220, plan.StartLimit.TotalSeconds);
    }
}
