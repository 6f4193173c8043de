namespace Seatrial.Worker.Configuration;

/// <summary>What is wrong with a variable, and how to mend it. Values of secrets are never told.</summary>
/// <param name="Variable">Its full name.</param>
/// <param name="What">What is wrong, with the value.</param>
/// <param name="Fix">What to do, as an order.</param>
/// <param name="IsError">Whether the container can't start with it.</param>
public sealed record ConfigurationProblem(string Variable, string What, string Fix, bool IsError = true)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Variable} {What}  fix: {Fix}";
}
