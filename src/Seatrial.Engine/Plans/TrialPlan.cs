using System.Globalization;
using Seatrial.Engine.Compose;
using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Plans;

/// <summary>What the user asked of a trial.</summary>
public sealed record TrialRequest
{
    /// <summary>How many records; null is all that the workload's file has.</summary>
    public int? Records { get; init; }

    /// <summary>Where chance comes from: the same seed gives the same plan.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Unique on this machine: part of every name on the engine.</summary>
    public required string RunId { get; init; }

    /// <summary>Whether the containers stay for a look.</summary>
    public bool Keep { get; init; }
}

/// <summary>Everything decided, nothing done.</summary>
public sealed record TrialPlan
{
    public required TrialRequest Request { get; init; }

    public required ComposeProject Project { get; init; }

    public required SystemSpec Spec { get; init; }

    public required int Records { get; init; }

    /// <summary>How many of each service run.</summary>
    public required IReadOnlyDictionary<string, int> Replicas { get; init; }

    /// <summary>In the order in which they are due.</summary>
    public required IReadOnlyList<PlannedFault> Faults { get; init; }
}

/// <summary>A fault with its instant decided, and with its target where a service is named.</summary>
/// <param name="Spec">As written.</param>
/// <param name="Numbers">Which containers of the service, from 1; none where only the log will tell.</param>
/// <param name="DueAtDone">How many records of the fault's queue are done when it is due, where a part of them says
/// when.</param>
public sealed record PlannedFault(FaultSpec Spec, IReadOnlyList<int> Numbers, long DueAtDone)
{
    /// <summary>Where the fault's own chance comes from.</summary>
    public ulong Seed { get; init; }

    /// <summary>The containers, by their names without the project; else what will tell.</summary>
    public string Target => Numbers.Count > 0
        ? string.Join(", ", Numbers.Select(number => $"{Spec.Service}-{number}")) : Spec.Target.ToString();

    /// <summary>When it is due, in words, where that is not by records done.</summary>
    public string? Due { get; init; }

    /// <summary>For reports: <c>33 % of rpa1's records done (7,089)</c>.</summary>
    public string Trigger => Due ?? (Spec.At is FaultTrigger.Part part
        ? string.Create(
            CultureInfo.InvariantCulture, $"{part.Of * 100:0.##} % of {Spec.Queue}'s records done ({DueAtDone:N0})")
        : Spec.At.ToString() ?? "");
}
