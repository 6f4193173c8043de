using Seatrial.Engine.Measurements.Bottlenecks;
using Seatrial.Engine.Tuning;
using Seatrial.Wire;

namespace Seatrial.Engine.Tests.Tuning;

public sealed class ResourceChangesTests : IDisposable
{
    private const double Memory = 384 << 20;

    private readonly TunedSystem _system = new();

    public void Dispose() => _system.Dispose();

    [Fact]
    public void Limits_replicas_and_variables_are_what_a_file_with_them_would_say()
    {
        Assert.Equal(0.8, _system.Changed("orders", ResourceSettings.Cpus, 0.8).Limits.Cpus);
        Assert.Equal((long)Memory, _system.Changed("orders", ResourceSettings.Memory, Memory).Limits.Memory);
        Assert.Equal(4, _system.Changed("orders", ResourceSettings.Replicas, 4).Replicas);
        Assert.Equal("200", _system.Changed(
            "orders", ContainerVariables.BatchSize, 200).Environment[ContainerVariables.BatchSize]);
        Assert.Equal("16", _system.Changed(
            "orders", ContainerVariables.QueuePoolSize, 16).Environment[ContainerVariables.QueuePoolSize]);
    }

    [Fact]
    public void All_else_stays_as_it_is()
    {
        var changed = Assert.IsType<AppliedChange.Changed>(_system.Apply("orders", ResourceSettings.Cpus, 0.8));
        Assert.Equal(0.5, _system.Project.Services["orders"].Limits.Cpus);
        Assert.Equal(_system.Project.Services.Keys, changed.Project.Services.Keys);
        Assert.Equal(_system.Project.Services["short"], changed.Project.Services["short"]);
        Assert.Equal(_system.Spec, changed.Spec);
    }

    [Fact]
    public void Replicas_are_changed_where_the_trial_reads_them()
    {
        var changed = Assert.IsType<AppliedChange.Changed>(_system.Apply("orders", ResourceSettings.Replicas, 6));
        Assert.Equal(6, changed.Spec.Distributed.Replicas["orders"]);
        Assert.Equal(3, _system.Spec.Distributed.Replicas["orders"]);
    }

    [Theory]
    [InlineData("has no service nobody", "nobody", "deploy.replicas", 2)]
    [InlineData("is nothing that Seatrial can set", "orders", "stop_signal", 2)]
    [InlineData("of orders is 0.5 already", "orders", "deploy.resources.limits.cpus", 0.5)]
    [InlineData("of orders is 256 MiB already", "orders", "deploy.resources.limits.memory", 256 << 20)]
    [InlineData("of orders is 3 already", "orders", "deploy.replicas", 3)]
    [InlineData("of orders is 100 already", "orders", "CONTAINER_WORKER__BATCH_SIZE", 100)]
    [InlineData("a file says it: CONTAINER_WORKER__BATCH_SIZE_FILE", "told", "CONTAINER_WORKER__BATCH_SIZE", 100)]
    [InlineData("db is the database of the trial", "db", "deploy.replicas", 2)]
    [InlineData("only has a container_name, so there can be one", "only", "deploy.replicas", 2)]
    [InlineData("port has a host port, so there can be one", "port", "deploy.replicas", 2)]
    [InlineData("only has a cpu_quota", "only", "deploy.resources.limits.cpus", 2)]
    [InlineData("memswap_limit of only would be below it", "only", "deploy.resources.limits.memory", 256 << 20)]
    [InlineData("that port reserves would be above it", "port", "deploy.resources.limits.memory", 128 << 20)]
    public void What_cannot_be_had_is_refused_with_the_reason(
        string because, string service, string setting, double proposed) => Assert.Contains(
        because,
        Assert.IsType<AppliedChange.Refused>(_system.Apply(service, setting, proposed)).Because,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("orders", "deploy.resources.limits.cpus", 0.8)]
    [InlineData("orders", "deploy.resources.limits.memory", Memory)]
    [InlineData("orders", "deploy.replicas", 4)]
    [InlineData("orders", "CONTAINER_WORKER__BATCH_SIZE", 200)]
    [InlineData("short", "deploy.resources.limits.cpus", 0.8)]
    [InlineData("short", "deploy.resources.limits.memory", Memory)]
    [InlineData("short", "deploy.replicas", 4)]
    [InlineData("short", "CONTAINER_WORKER__BATCH_SIZE", 200)]
    [InlineData("told", "deploy.resources.limits.cpus", 1.5)]
    public void The_lines_that_keep_a_change_say_what_was_tried(string service, string setting, double proposed)
    {
        var tried = _system.Changed(service, setting, proposed);
        var kept = _system.Written(
            service,
            ChangeLines.Compose(_system.Project, new ResourceChange(service, setting, Now: null, proposed)));

        Assert.Equal(tried.Limits, kept.Limits);
        Assert.Equal(tried.Replicas, kept.Replicas);
        Assert.Equal(
            tried.Environment.OrderBy(pair => pair.Key, StringComparer.Ordinal),
            kept.Environment.OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void Replicas_that_seatrial_yaml_says_are_kept_there()
    {
        Assert.Equal(
            ["suites:", "  distributed:", "    replicas:", "      orders: 6"],
            ChangeLines.Spec(_system.Spec, new ResourceChange("orders", ResourceSettings.Replicas, 3, 6)));
        Assert.Null(ChangeLines.Spec(_system.Spec, new ResourceChange("short", ResourceSettings.Replicas, 2, 6)));
        Assert.Null(ChangeLines.Spec(_system.Spec, new ResourceChange("orders", ResourceSettings.Cpus, 1, 2)));
    }
}
