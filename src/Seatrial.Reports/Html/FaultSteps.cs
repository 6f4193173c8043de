using Seatrial.Engine.Faults;

namespace Seatrial.Reports.Html;

/// <summary>A fault's four steps, those that were seen.</summary>
internal static class FaultSteps
{
    public static IEnumerable<(string Name, DateTimeOffset At)> Of(FaultRecord fault)
    {
        (string Name, DateTimeOffset? At)[] steps =
        [
            ("injected", fault.InjectedAt), ("confirmed", fault.ConfirmedAt), ("healed", fault.HealedAt),
            ("confirmed healed", fault.ConfirmedHealedAt),
        ];
        foreach (var (name, at) in steps)
        {
            if (at is { } instant)
            {
                yield return (name, instant);
            }
        }
    }
}
