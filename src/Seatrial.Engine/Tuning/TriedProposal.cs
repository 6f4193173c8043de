using Seatrial.Engine.Measurements.Bottlenecks;

namespace Seatrial.Engine.Tuning;

/// <summary>A proposal that can be tried, with the system as it is then.</summary>
public sealed record TriedProposal(ResourceProposal Proposal, AppliedChange.Changed System);
