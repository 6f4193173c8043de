using System.Globalization;
using Seatrial.Engine.Drivers;

namespace Seatrial.Engine.Machines;

/// <summary>Looks at an engine.</summary>
public static class EngineChecks
{
    private const double Gigabyte = 1024 * 1024 * 1024;
    private const double LeastMemory = 2;

    private static readonly TimeSpan _clocksApart = TimeSpan.FromSeconds(1);

    /// <summary>Its version, its host and its clock.</summary>
    public static async Task<IReadOnlyList<MachineFinding>> LookAsync(
        IContainerDriver driver, TimeProvider clock, CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow();
        var engine = await driver.Engine.DescribeAsync(cancellationToken);
        var apart = engine.Clock - before - ((clock.GetUtcNow() - before) / 2);
        return
        [
            new MachineFinding("engine", MachineState.Good, $"{engine.Version}, API {engine.ApiVersion}") { IsVital = true },
            new MachineFinding("engine's host", MachineState.Good,
                $"{engine.OperatingSystem}, {engine.Architecture}, {engine.Cpus} processors"),
            Memory(engine.Memory / Gigabyte),
            apart.Duration() < _clocksApart
                ? new MachineFinding("engine's clock", MachineState.Good, Text($"{apart.TotalSeconds:0.00} s from this one"))
                : new MachineFinding(
                    "engine's clock",
                    MachineState.Poor,
                    Text($"{apart.TotalSeconds:0.0} s from this one"),
                    "Times in reports do not fit together.",
                    "Synchronise both clocks (chrony, systemd-timesyncd)."),
        ];
    }

    private static MachineFinding Memory(double gigabytes) => gigabytes >= LeastMemory
        ? new MachineFinding("memory", MachineState.Good, Text($"{gigabytes:0.0} GiB"))
        : new MachineFinding("memory", MachineState.Poor, Text($"{gigabytes:0.0} GiB"),
            "A system under load may run out of it.", Text($"Give the engine at least {LeastMemory:0} GiB."));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
