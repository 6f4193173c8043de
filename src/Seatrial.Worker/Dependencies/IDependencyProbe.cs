namespace Seatrial.Worker.Dependencies;

/// <summary>Asks a dependency whether it is up.</summary>
internal interface IDependencyProbe
{
    /// <summary><c>database</c> or <c>service</c>.</summary>
    string Kind { get; }

    /// <summary>Where it is, without secrets.</summary>
    string Target { get; }

    /// <summary>Returns its version, where it tells one, and how long the steps took; throws what stood in the way.</summary>
    Task<(string? Version, string Timing)> AskAsync(CancellationToken cancellationToken);
}
