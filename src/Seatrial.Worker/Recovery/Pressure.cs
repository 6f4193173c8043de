namespace Seatrial.Worker.Recovery;

/// <summary>Something that work must not fill up.</summary>
/// <param name="Name">For health and logs.</param>
/// <param name="Load">What is used of its bound, 1 being all of it; asked several times a second.</param>
/// <param name="Describe">The figures behind the load.</param>
internal sealed record Pressure(string Name, Func<double> Load, Func<string> Describe);
