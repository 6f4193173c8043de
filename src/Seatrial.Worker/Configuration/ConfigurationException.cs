namespace Seatrial.Worker.Configuration;

/// <summary>The environment does not make a configuration.</summary>
public sealed class ConfigurationException(IReadOnlyList<ConfigurationProblem> problems)
    : Exception(string.Join(System.Environment.NewLine, problems))
{
    /// <summary>Every problem found.</summary>
    public IReadOnlyList<ConfigurationProblem> Problems { get; } = problems;
}
