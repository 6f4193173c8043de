namespace Seatrial.Engine.Plans;

/// <summary>One fault of the fault suite, in its turn.</summary>
/// <param name="Fault">What, to whom.</param>
/// <param name="IsAside">Whether its healing may go on beside those that follow: records do not pass it.</param>
public sealed record FaultTurn(PlannedFault Fault, bool IsAside);

/// <summary>A kind of fault that the machine or the system can't have.</summary>
public sealed record MissingFault(string Name, string Reason);

/// <summary>What the fault suite does, in order, and what it can't do.</summary>
public sealed record FaultSuitePlan(IReadOnlyList<FaultTurn> Turns, IReadOnlyList<MissingFault> Missing);
