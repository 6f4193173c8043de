using Seatrial.Engine.Drivers;
using Seatrial.Engine.Environments;

namespace Seatrial.Engine.Standing;

/// <summary>What is done to an object.</summary>
public enum UpAction
{
    Keep,
    Create,
    Replace,
    Start,
    Remove,
}

/// <summary>One step of bringing a project up, with its cause; it follows the steps that it waits for.</summary>
/// <param name="Action">What is done.</param>
/// <param name="Kind">To what.</param>
/// <param name="Name">A container's service and number, else the name on the engine.</param>
/// <param name="Cause">Why, in a few words.</param>
/// <param name="After">Services that have to be ready, or gone, first.</param>
public sealed record UpStep(
    UpAction Action, ResourceKind Kind, string Name, string Cause, IReadOnlyList<string> After)
{
    /// <summary>Which turn it has where its service says how it is replaced, and how that is done.</summary>
    public string? Wave { get; init; }
}

/// <summary>The way from what is there to what the file says.</summary>
public sealed record UpPlan
{
    /// <summary>What to bring up, with what is there already.</summary>
    public required EnvironmentPlan Environment { get; init; }

    /// <summary>Everything, in an order in which it can be done.</summary>
    public required IReadOnlyList<UpStep> Steps { get; init; }

    /// <summary>Containers that go first.</summary>
    public required IReadOnlyList<StandingContainer> Leaving { get; init; }

    /// <summary>Networks that go first, as their declaration changed.</summary>
    public required IReadOnlyList<ObjectSummary> LeavingNetworks { get; init; }

    /// <summary>Whether everything is there and as it should be.</summary>
    public bool IsDone => Steps.All(step => step.Action is UpAction.Keep);
}

/// <summary>What the user asks of an <c>up</c>.</summary>
public sealed record UpOptions
{
    /// <summary>Whether containers are made anew even where nothing changed.</summary>
    public bool ForceRecreate { get; init; }

    /// <summary>Whether containers stay whatever changed.</summary>
    public bool NoRecreate { get; init; }

    /// <summary>Whether containers of services that the file no longer has stay.</summary>
    public bool KeepOrphans { get; init; }
}
