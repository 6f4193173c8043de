using System.Text.Json.Serialization;
using Seatrial.Engine.Environments;

namespace Seatrial.Engine.Faults;

/// <summary>
/// What became of a fault: each step with its instant on the run's clock; a step without one did not happen.
/// </summary>
public sealed record FaultRecord
{
    /// <summary>E.g. <c>kill</c>, <c>pause-past-lease</c>.</summary>
    public required string Name { get; init; }

    /// <summary>As specified, e.g. <c>one of rpa1</c>.</summary>
    public required string TargetSpec { get; init; }

    /// <summary>As resolved, e.g. <c>rpa1-2</c>.</summary>
    public string? Target { get; init; }

    /// <summary>When it was due, e.g. <c>33 % of rpa1's records</c>.</summary>
    public required string Trigger { get; init; }

    /// <summary>When its injection began: from here on it may show.</summary>
    public DateTimeOffset? BeganAt { get; init; }

    public DateTimeOffset? InjectedAt { get; init; }

    public DateTimeOffset? ConfirmedAt { get; init; }

    public DateTimeOffset? HealedAt { get; init; }

    public DateTimeOffset? ConfirmedHealedAt { get; init; }

    /// <summary>What was seen that confirms each step, in order.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>Why a step could not be confirmed.</summary>
    public string? Failure { get; init; }

    /// <summary>Seen to have taken effect and to be over.</summary>
    public bool Proven => ConfirmedAt is not null && ConfirmedHealedAt is not null;

    /// <summary>Whether it has begun and is not over.</summary>
    [JsonIgnore]
    public bool IsAtWork => this is { Target: not null, Failure: null, ConfirmedHealedAt: null };

    /// <summary>Whether it has this container in hand, so that its death is wanted.</summary>
    public bool HasInHand(RunningContainer container) =>
        ConfirmedHealedAt is null
        && (HealedAt is null || Failure is null)
        && Target?.Split(", ").Contains(container.Place) is true;
}
