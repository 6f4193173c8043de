using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary>What reading a Compose file gave: <see cref="Project"/> unless one of the problems is an error.</summary>
/// <param name="Project">Null when there is an error.</param>
/// <param name="Problems">Errors and warnings, in the order of the lines.</param>
public sealed record ComposeReading(ComposeProject? Project, IReadOnlyList<Problem> Problems)
{
    /// <summary>All files laid over each other, as the project was read from it; null when it can't be had.</summary>
    internal YamlNode.Map? Tree { get; init; }
}
