using System.Globalization;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose.Canonical;

/// <summary><c>deploy</c> and <c>develop</c> of a service.</summary>
internal static class CanonicalDeploy
{
    public static YamlNode? Of(ComposeService service, YamlNode? written) => new MapBuilder()
        .Text("mode", service.Deploy.Mode is "replicated" ? null : service.Deploy.Mode)
        .Number("replicas", service.Replicas is 1 ? null : service.Replicas)
        .Add("resources", Resources(service.Limits, MapBuilder.Under(written, "resources")))
        .Add("restart_policy", service.Deploy.RestartPolicy is { } policy ? Restart(policy) : null)
        .Add("update_config", service.Deploy.Update is { } update ? Update(update) : null)
        .Add("rollback_config", service.Deploy.Rollback is { } rollback ? Update(rollback) : null)
        .Rest(written, DeployKeys.All)
        .OrNothing();

    public static YamlNode? Watch(IReadOnlyList<ComposeWatch> watch) => watch.Count is 0
        ? null
        : new MapBuilder().Add("watch", MapBuilder.List(watch.Select(Watch))).Build();

    private static YamlNode.Map? Resources(ComposeLimits limits, YamlNode? written) => new MapBuilder()
        .Add("limits", new MapBuilder()
            .Text("cpus", limits.Cpus?.ToString(CultureInfo.InvariantCulture))
            .Size("memory", limits.Memory)
            .Number("pids", limits.Pids)
            .OrNothing())
        .Add("reservations", new MapBuilder()
            .Size("memory", limits.MemoryReservation)
            .Rest(MapBuilder.Under(written, "reservations"), DeployKeys.Reservations)
            .OrNothing())
        .OrNothing();

    private static YamlNode.Map Restart(ComposeRestartPolicy policy) => new MapBuilder()
        .Text("condition", policy.Condition)
        .Time("delay", policy.Delay == TimeSpan.Zero ? null : policy.Delay)
        .Number("max_attempts", policy.MaxAttempts)
        .Time("window", policy.Window)
        .Build();

    private static YamlNode.Map Update(ComposeUpdate update) => new MapBuilder()
        .Number("parallelism", update.Parallelism)
        .Time("delay", update.Delay == TimeSpan.Zero ? null : update.Delay)
        .Text("failure_action", update.FailureAction)
        .Time("monitor", update.Monitor == TimeSpan.Zero ? null : update.Monitor)
        .Text("max_failure_ratio", update.MaxFailureRatio is 0
            ? null
            : update.MaxFailureRatio.ToString(CultureInfo.InvariantCulture))
        .Text("order", update.Order)
        .Build();

    private static YamlNode Watch(ComposeWatch watch) => new MapBuilder()
        .Text("path", watch.Path)
        .Text("action", watch.Action)
        .Text("target", watch.Target)
        .Texts("ignore", watch.Ignore)
        .Texts("include", watch.Include)
        .Truth("initial_sync", watch.InitialSync)
        .Add("exec", watch.Exec is not { } exec ? null : new MapBuilder()
            .Add("command", MapBuilder.List(exec.Command.Select(MapBuilder.Text)))
            .Text("user", exec.User)
            .Truth("privileged", exec.Privileged)
            .Text("working_dir", exec.WorkingDir)
            .Pairs("environment", exec.Environment)
            .Build())
        .Build();
}
