using Seatrial.Engine.Compose;

namespace Seatrial.Engine.Tests.Compose;

public sealed class ServiceReaderTests
{
    [Fact]
    public void What_the_file_leaves_out_is_left_to_the_image()
    {
        var service = ComposeText.Service("labels: {}");

        Assert.Null(service.Command);
        Assert.Null(service.Entrypoint);
        Assert.Null(service.Healthcheck);
        Assert.Equal("no", service.Restart);
        Assert.Equal(TimeSpan.FromSeconds(10), service.StopGracePeriod);
        Assert.Equal(1, service.Replicas);
        Assert.Equal(["default"], service.Networks.Keys);
    }

    [Theory]
    [InlineData("command: run it", "run|it")]
    [InlineData("command: run 'two words' \"and\\\" more\" a\\ b", "run|two words|and\" more|a b")]
    [InlineData("command: \"run '' \\\"\\\"\"", "run||")]
    [InlineData("command: [run, 'two words']", "run|two words")]
    [InlineData("command: []", "")]
    [InlineData("command: ''", "")]
    [InlineData("command: sh -c 'echo $$HOME \\n'", "sh|-c|echo $HOME \\n")]
    public void A_command_is_a_list_or_split_as_a_shell_would(string line, string expected) =>
        Assert.Equal(expected, string.Join('|', ComposeText.Service(line).Command ?? ["none"]));

    [Fact]
    public void A_null_command_is_the_images() => Assert.Null(ComposeText.Service("command: null").Command);

    [Fact]
    public void An_entrypoint_is_read_like_a_command() =>
        Assert.Equal(["run", "it"], ComposeText.Service("entrypoint: run it").Entrypoint);

    [Theory]
    [InlineData("command: run 'it")]
    [InlineData("command: run it\\")]
    [InlineData("command: run \"it")]
    public void A_quote_that_is_not_closed_is_told(string line) =>
        ComposeText.Only(ComposeText.ReadService(line), "services.app.command has a quote that is never closed");

    [Theory]
    [InlineData("environment: {A: x, B: 1, C: true, D: null, E: 0755}")]
    [InlineData("environment: [A=x, B=1, C=true, D, E=0755]")]
    public void Environment_is_a_mapping_or_a_list_and_a_name_alone_takes_the_value_from_outside(string line)
    {
        using var folder = new SystemFolder().With("compose.yaml", $"services: {{app: {{image: app, {line}}}}}");
        folder.Environment["D"] = "outside";

        var pairs = folder.Project().Services["app"].Environment.Select(pair => $"{pair.Key}={pair.Value}");

        Assert.Equal(["A=x", "B=1", "C=true", "D=outside", "E=0755"], pairs);
    }

    [Fact]
    public void A_name_alone_that_is_not_set_outside_is_dropped() =>
        Assert.Equal(["B"], ComposeText.Service("environment: [A, B=]").Environment.Keys);

    [Fact]
    public void Labels_without_values_are_empty() =>
        Assert.Equal("", ComposeText.Service("labels: [a.b]").Labels["a.b"]);

    [Fact]
    public void Simple_values_are_read()
    {
        var service = ComposeText.Service(
            """
            user: "1000:1000"
            working_dir: /work
            hostname: host
            container_name: one
            read_only: true
            init: "yes"
            privileged: false
            stop_signal: SIGINT
            stop_grace_period: 1m30s
            shm_size: 256mb
            cap_add: [NET_ADMIN]
            cap_drop: [ALL]
            security_opt: ["no-new-privileges:true"]
            restart: on-failure:3
            """);

        Assert.Equal(
            ("1000:1000", "/work", "host", "one", "SIGINT", "on-failure:3"),
            (service.User, service.WorkingDir, service.Hostname, service.ContainerName, service.StopSignal,
                service.Restart));
        Assert.Equal((true, true, false), (service.ReadOnly, service.Init, service.Privileged));
        Assert.Equal(TimeSpan.FromSeconds(90), service.StopGracePeriod);
        Assert.Equal(256L << 20, service.ShmSize);
        Assert.Equal(["NET_ADMIN"], service.CapAdd);
        Assert.Equal(["ALL"], service.CapDrop);
        Assert.Equal(["no-new-privileges:true"], service.SecurityOpt);
    }

    [Theory]
    [InlineData("deploy: {replicas: 3}", 3)]
    [InlineData("scale: 3", 3)]
    [InlineData("scale: 3\ndeploy: {replicas: 3}", 3)]
    [InlineData("deploy: {replicas: 0}", 0)]
    [InlineData("deploy:", 1)]
    public void Replicas_stand_in_either_place(string lines, int expected) =>
        Assert.Equal(expected, ComposeText.Service(lines).Replicas);

    [Theory]
    [InlineData("deploy: {resources: {limits: {cpus: '0.5', memory: 64m, pids: 9}}}")]
    [InlineData("cpus: 0.5\nmem_limit: 64m\npids_limit: 9")]
    [InlineData("cpus: 0.5\nmem_limit: 67108864\ndeploy: {resources: {limits: {cpus: 0.50, memory: 64m, pids: 9}}}")]
    public void Limits_stand_in_either_place(string lines) =>
        Assert.Equal(new ComposeLimits { Cpus = 0.5, Memory = 64 << 20, Pids = 9 }, ComposeText.Service(lines).Limits);

    [Fact]
    public void A_limit_of_zero_or_less_is_none() =>
        Assert.Equal(new ComposeLimits(), ComposeText.Service("cpus: 0\nmem_limit: -1\npids_limit: -1").Limits);

    [Theory]
    [InlineData("scale: 3\ndeploy: {replicas: 2}", "services.app.scale is 3, but services.app.deploy.replicas is 2")]
    [InlineData("cpus: 1\ndeploy: {resources: {limits: {cpus: 2}}}", "services.app.cpus is 1")]
    public void Two_places_that_differ_are_told(string lines, string what) =>
        ComposeText.Only(ComposeText.ReadService(lines), what);

    [Fact]
    public void A_healthcheck_is_read()
    {
        var healthcheck = ComposeText.Service(
            "healthcheck: {test: [CMD, a, b], interval: 1s, timeout: 500ms, retries: 3, start_period: 1m, "
            + "start_interval: 2s}")
            .Healthcheck;

        Assert.NotNull(healthcheck);
        Assert.Equal(["CMD", "a", "b"], healthcheck.Test);
        Assert.Equal(
            (1000.0, 500.0), (healthcheck.Interval?.TotalMilliseconds, healthcheck.Timeout?.TotalMilliseconds));
        Assert.Equal((60.0, 2.0), (healthcheck.StartPeriod?.TotalSeconds, healthcheck.StartInterval?.TotalSeconds));
        Assert.Equal(3, healthcheck.Retries);
    }

    [Theory]
    [InlineData("test: curl -f 'a b'", "CMD-SHELL|curl -f 'a b'")]
    [InlineData("test: [CMD-SHELL, exit 0]", "CMD-SHELL|exit 0")]
    [InlineData("test: [NONE]", "NONE")]
    [InlineData("disable: true", "NONE")]
    [InlineData("test: [CMD, a], disable: true", "NONE")]
    [InlineData("interval: 5s", "")]
    public void A_healthchecks_test_has_several_forms(string line, string expected) =>
        Assert.Equal(
            expected, string.Join('|', ComposeText.Service($"healthcheck: {{{line}}}").Healthcheck?.Test ?? []));

    [Theory]
    [InlineData("test: [curl, x]")]
    [InlineData("test: [CMD]")]
    [InlineData("test: [NONE, x]")]
    [InlineData("test: [CMD-SHELL, a, b]")]
    public void A_test_that_the_engine_can_not_run_is_told(string line) =>
        ComposeText.Only(ComposeText.ReadService($"healthcheck: {{{line}}}"), "services.app.healthcheck.test is [");

    [Fact]
    public void An_interval_below_a_millisecond_is_told() =>
        ComposeText.Only(ComposeText.ReadService("healthcheck: {interval: 10us}"), "shorter than a millisecond");

    [Theory]
    [InlineData("networks: [data]", "data:")]
    [InlineData("networks: {data: null}", "data:")]
    [InlineData("networks: {data: {aliases: [one, two]}, default: {}}", "data:one,two default:")]
    [InlineData("networks: []", "")]
    public void Networks_are_a_list_or_a_mapping_with_aliases(string line, string expected) =>
        Assert.Equal(
            expected,
            string.Join(
                ' ', ComposeText.Service(line).Networks.Select(pair => $"{pair.Key}:{string.Join(',', pair.Value)}")));

    [Theory]
    [InlineData("depends_on: [db]", DependencyCondition.Started, true)]
    [InlineData("depends_on: {db: {condition: service_started}}", DependencyCondition.Started, true)]
    [InlineData("depends_on: {db: {condition: service_healthy}}", DependencyCondition.Healthy, true)]
    [InlineData(
        "depends_on: {db: {condition: service_completed_successfully, required: false}}",
        DependencyCondition.CompletedSuccessfully, false)]
    public void Dependencies_are_a_list_or_a_mapping(string line, DependencyCondition condition, bool required) =>
        Assert.Equal([new ComposeDependency("db", condition, required)], ComposeText.Service(line).DependsOn);

    [Theory]
    [InlineData("hostname: 5", "services.app.hostname is the number 5, where text belongs")]
    [InlineData("hostname: [a]", "services.app.hostname is a list, where text belongs")]
    [InlineData("hostname:", "services.app.hostname is empty, where text belongs")]
    [InlineData("hostname: ' '", "services.app.hostname is blank")]
    [InlineData("read_only: maybe", "services.app.read_only is the text \"maybe\", where true or false belongs")]
    [InlineData("stop_grace_period: 10", "services.app.stop_grace_period is the number 10, where a duration belongs")]
    [InlineData("stop_grace_period: 1d", "services.app.stop_grace_period is the text \"1d\", where a duration belongs")]
    [InlineData("shm_size: big", "services.app.shm_size is the text \"big\", where a size belongs")]
    [InlineData("cpus: lots", "services.app.cpus is the text \"lots\", where a number of 0 or more belongs")]
    [InlineData("scale: 1.5", "services.app.scale is the number 1.5, where a whole number belongs")]
    [InlineData("scale: -1", "services.app.scale is -1, which is out of bounds")]
    [InlineData("cap_add: ALL", "services.app.cap_add is the text \"ALL\", where a list belongs")]
    [InlineData("command: {a: b}", "services.app.command is a mapping, where a list belongs")]
    [InlineData("command: [a, 5]", "services.app.command[1] is the number 5, where text belongs")]
    [InlineData("environment: text", "services.app.environment is the text \"text\", where a mapping belongs")]
    [InlineData("environment: {A: [b]}", "services.app.environment.A is a list, where a single value belongs")]
    [InlineData("environment: [=b]", "services.app.environment[0] names no key")]
    [InlineData("healthcheck: text", "services.app.healthcheck is the text \"text\", where a mapping belongs")]
    [InlineData("depends_on: {db: {}}", "services.app.depends_on.db has no condition")]
    [InlineData("depends_on: {db: }", "services.app.depends_on.db is empty, where a mapping with a condition belongs")]
    [InlineData("depends_on: {db: {condition: healthy}}", "is the text \"healthy\", where one of a few words belongs")]
    [InlineData("deploy: 5", "services.app.deploy is the number 5, where a mapping belongs")]
    [InlineData("deploy: {resources: {limits: 5}}", "services.app.deploy.resources.limits is the number 5")]
    [InlineData("restart: never", "services.app.restart is the text \"never\"")]
    [InlineData("restart: on-failure:x", "services.app.restart is the text \"on-failure:x\"")]
    [InlineData("networks: {data: 5}", "services.app.networks.data is the number 5, where a mapping belongs")]
    public void A_wrong_value_is_told_with_what_belongs_there(string line, string what) =>
        ComposeText.Only(ComposeText.ReadService(line), what);

    [Fact]
    public void A_mistyped_word_is_told_what_was_meant()
    {
        var problem = ComposeText.Only(ComposeText.ReadService("restart: allways"), "services.app.restart");

        Assert.StartsWith("Did you mean always?", problem.Fix, StringComparison.Ordinal);
    }
}
