namespace Seatrial.Engine.Compose;

/// <summary>What a dependency must have reached before its dependent starts.</summary>
public enum DependencyCondition
{
    Started,
    Healthy,
    CompletedSuccessfully,
}

/// <summary>An edge of the start order.</summary>
public sealed record ComposeDependency(string Service, DependencyCondition Condition, bool Required = true);
