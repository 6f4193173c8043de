namespace Seatrial.Worker.Configuration;

/// <summary>Every problem found, not the first.</summary>
public sealed record ValidationResult(IReadOnlyList<ConfigurationProblem> Problems)
{
    /// <summary>Whether the container may start: warnings do not hinder it.</summary>
    public bool IsValid => !Problems.Any(problem => problem.IsError);
}
