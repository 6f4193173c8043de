using Seatrial.Engine.Compose;

namespace Seatrial.Engine.Specs;

/// <summary>What reading the files of a system gave.</summary>
/// <param name="Project">Null when there is an error in the Compose files.</param>
/// <param name="Spec">Null when there is an error in <c>seatrial.yaml</c>, or none of it.</param>
/// <param name="Problems">Those of the Compose files first, each file's in the order of the lines.</param>
public sealed record SystemReading(ComposeProject? Project, SystemSpec? Spec, IReadOnlyList<Problem> Problems);
