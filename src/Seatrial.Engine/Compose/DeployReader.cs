using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary><c>deploy</c>, but for replicas and resources.</summary>
internal static class DeployReader
{
    public static ComposeDeploy Read(Field field)
    {
        Check(field["update_config"]);
        Check(field["rollback_config"]);
        Check(field["restart_policy"]);
        return new ComposeDeploy
        {
            Mode = field["mode"].OneOf("replicated", "global", "replicated-job", "global-job") ?? "replicated",
            Update = Update(field["update_config"]),
            Rollback = Update(field["rollback_config"]),
            RestartPolicy = Restart(field["restart_policy"]),
        };
    }

    private static void Check(Field field) => field.WrongKindUnlessMap();

    private static ComposeUpdate? Update(Field field) => !field.IsMap ? null : new ComposeUpdate
    {
        Parallelism = field["parallelism"].Whole(0) ?? 1,
        Delay = field["delay"].Duration() ?? TimeSpan.Zero,
        FailureAction = field["failure_action"].OneOf("pause", "continue", "rollback") ?? "pause",
        Monitor = field["monitor"].Duration() ?? TimeSpan.Zero,
        MaxFailureRatio = Ratio(field["max_failure_ratio"]),
        Order = field["order"].OneOf("stop-first", "start-first") ?? "stop-first",
    };

    private static double Ratio(Field field)
    {
        var ratio = field.Amount() ?? 0;
        if (ratio > 1)
        {
            field.Error($"is {ratio}, which is more than all.", "Write a number from 0 to 1.");
        }

        return ratio;
    }

    private static ComposeRestartPolicy? Restart(Field field) => !field.IsMap ? null : new ComposeRestartPolicy
    {
        Condition = field["condition"].OneOf("none", "on-failure", "any") ?? "any",
        Delay = field["delay"].Duration() ?? TimeSpan.Zero,
        MaxAttempts = field["max_attempts"].Whole(0) is > 0 and var most ? most : null,
        Window = field["window"].Duration() is { Ticks: > 0 } window ? window : null,
    };
}
