namespace Seatrial.Worker.Dependencies;

/// <summary>What was decided after a failure, and why.</summary>
/// <param name="Service">The dependency's name, or the kind of error.</param>
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

    /// <summary>It is one record's fault: that one ends, the others go on.</summary>
    public const string Isolate = "isolate";

    /// <summary>Room was made on the local disk: try again.</summary>
    public const string FreeDisk = "free_disk";

    /// <summary>Nothing here can mend it: end, and be started again.</summary>
    public const string Stop = "stop";

    /// <summary>It will not come back by itself: someone has to mend what the reason says; attempts go on.</summary>
    public const string AskOperator = "ask_operator";
}
