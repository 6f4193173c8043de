namespace Seatrial.Worker.Dependencies;

/// <summary>Asks a dependency whether it is up.</summary>
internal interface IDependencyProbe
{
    /// <summary><c>database</c> or <c>service</c>.</summary>
    string Kind { get; }

    /// <summary>Where it is, without secrets.</summary>
    string Target { get; }

    /// <summary>Throws what stood in the way.</summary>
    Task<ProbeAnswer> AskAsync(CancellationToken cancellationToken);
}
