namespace Seatrial.Engine.Measurements.Bottlenecks;

/// <summary>A setting of a service to change; <see cref="ResourceSettings"/> has its words.</summary>
/// <param name="Service">Of the Compose file.</param>
/// <param name="Setting">A key of it, such as <c>deploy.replicas</c>, or a variable of its containers.</param>
/// <param name="Now">As it is: cores, bytes, or a count. Null where it has no bound.</param>
/// <param name="Proposed">What to try, in the same unit.</param>
public sealed record ResourceChange(string Service, string Setting, double? Now, double Proposed);
