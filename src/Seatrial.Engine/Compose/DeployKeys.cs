using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary>Every key of <c>deploy</c>.</summary>
internal static class DeployKeys
{
    /// <summary>Of <c>resources.reservations</c>.</summary>
    public static readonly KeyShape Reservations = new()
    {
        Honoured = KeyShape.Plain("memory"),
        Unhonoured = KeyShape.Plain("cpus", "devices", "generic_resources"),
    };

    private static readonly KeyShape _update = new()
    {
        Honoured = KeyShape.Plain("parallelism", "delay", "failure_action", "monitor", "max_failure_ratio", "order"),
    };

    public static readonly KeyShape All = new()
    {
        Honoured = new Dictionary<string, KeyShape?>(KeyShape.Plain("replicas"))
        {
            ["resources"] = new()
            {
                Honoured = new Dictionary<string, KeyShape?>
                {
                    ["limits"] = new() { Honoured = KeyShape.Plain("cpus", "memory", "pids") },
                    ["reservations"] = Reservations,
                },
            },
            ["restart_policy"] = new()
            {
                Honoured = KeyShape.Plain("condition", "max_attempts"),
                Unhonoured = KeyShape.Plain("delay", "window"),
            },
            ["rollback_config"] = _update,
            ["update_config"] = _update,
        },
        Unhonoured = KeyShape.Plain("endpoint_mode", "labels", "mode", "placement"),
    };
}
