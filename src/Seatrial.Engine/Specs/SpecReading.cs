namespace Seatrial.Engine.Specs;

/// <summary>
/// What reading <c>seatrial.yaml</c> gave: <see cref="Spec"/> unless one of the problems is an error.
/// </summary>
/// <param name="Spec">Null when there is an error.</param>
/// <param name="Problems">Errors and warnings, in the order of the lines.</param>
public sealed record SpecReading(SystemSpec? Spec, IReadOnlyList<Problem> Problems);
