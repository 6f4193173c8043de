using Seatrial.Engine.Measurements.Bottlenecks;

namespace Seatrial.Engine.Tuning;

/// <summary>A proposal that is not tried.</summary>
/// <param name="Proposal">What was proposed.</param>
/// <param name="Because">Why not, as the end of a sentence.</param>
public sealed record UntriedProposal(ResourceProposal Proposal, string Because);
