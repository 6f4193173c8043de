namespace Seatrial.Worker.Dependencies;

/// <summary>Why a dependency can't be used.</summary>
/// <param name="Cause">One of <see cref="Wire.DependencyCauses"/>.</param>
/// <param name="What">One sentence with what was seen.</param>
/// <param name="Fix">What to do, as an order.</param>
internal sealed record DependencyFault(string Cause, string What, string Fix)
{
    public override string ToString() => $"{What}  fix: {Fix}";
}
