using Seatrial.Engine.Faults;

namespace Seatrial.Cli.Trials;

/// <summary>Faults in the words of the terminal.</summary>
internal static class FaultPhrases
{
    /// <summary>How far a fault has come.</summary>
    public static string Stage(FaultRecord fault) => fault switch
    {
        { Failure: { } failure } => "not proven: " + failure,
        { ConfirmedHealedAt: not null } => "healed, confirmed",
        { HealedAt: not null } => "healed",
        { ConfirmedAt: not null } => "confirmed",
        { InjectedAt: not null } => "injected",
        _ => "due at " + fault.Trigger,
    };

    /// <summary><c>kill rpa1-2</c>, or the specification while nothing was chosen.</summary>
    public static string Title(FaultRecord fault) => $"{fault.Name} {fault.Target ?? fault.TargetSpec}";
}
