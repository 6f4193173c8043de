using Seatrial.Engine.Compose;
using Seatrial.Testing.Simulation;

namespace Seatrial.Testing;

/// <summary>The services of <see cref="DriverConformance"/>: as commands, and as behaviours of a simulation.</summary>
internal static class ConformanceServices
{
    public const string Steady = "steady";
    public const string Stubborn = "stubborn";
    public const string Failing = "failing";
    public const string Healthy = "healthy";
    public const string Sick = "sick";

    private const string Forever = "while :; do sleep 0.05; done";

    public static Dictionary<string, SimulatedBehaviour> Behaviours { get; } = new()
    {
        [Steady] = new(),
        [Stubborn] = new() { StopTakes = TimeSpan.FromHours(1) },
        [Failing] = new() { DiesAfter = TimeSpan.Zero, ExitCode = 7, Output = ["first", "second", "third"] },
        [Healthy] = new() { HealthyAfter = TimeSpan.FromMilliseconds(20) },
        [Sick] = new() { UnhealthyAfter = TimeSpan.FromMilliseconds(20), HealthLog = ["exit 1: not well"] },
    };

    public static ComposeService Of(string name) => name switch
    {
        Steady => Running(name, $"trap 'exit 0' TERM; {Forever}"),
        Stubborn => Running(name, $"trap '' TERM; {Forever}"),
        Failing => Running(name, "echo first; echo second; echo third; exit 7"),
        Healthy => Running(name, $"trap 'exit 0' TERM; touch /tmp/ready; {Forever}") with
        {
            Healthcheck = Check("while ! test -e /tmp/ready; do sleep 0.05; done"),
        },
        Sick => Running(name, $"trap 'exit 0' TERM; {Forever}") with { Healthcheck = Check("echo not well; exit 1") },
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such service."),
    };

    private static ComposeService Running(string name, string script) => new()
    {
        Name = name,
        Image = TestEngine.Image,
        Command = ["sh", "-c", script],
    };

    private static ComposeHealthcheck Check(string script) => new()
    {
        Test = ["CMD-SHELL", script],
        Interval = TimeSpan.FromMilliseconds(100),
        Timeout = TimeSpan.FromSeconds(20),
        Retries = 1,
    };
}
