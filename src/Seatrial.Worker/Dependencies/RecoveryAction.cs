namespace Seatrial.Worker.Dependencies;

/// <summary>What was decided after a dependency failed, and why.</summary>
/// <param name="Service">The dependency's name.</param>
/// <param name="Decision">One of the decisions below.</param>
/// <param name="Reason">What decided, with the cause.</param>
/// <param name="After">How long to wait before the next attempt.</param>
public sealed record RecoveryAction(string Service, string Decision, string Reason, TimeSpan After)
{
    /// <summary>It answers again: go on at once.</summary>
    public const string Resume = "resume";

    /// <summary>It should come back by itself: try again, with growing waits.</summary>
    public const string Retry = "retry";

    /// <summary>It is optional: go on, and pick it up when it is back.</summary>
    public const string GoOnWithout = "go_on_without";

    /// <summary>It will not come back by itself: someone has to mend what the reason says; attempts go on.</summary>
    public const string AskOperator = "ask_operator";
}
