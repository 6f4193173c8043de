namespace Seatrial.Engine.Compose;

/// <summary>How a service is replaced, and restarted.</summary>
public sealed record ComposeDeploy
{
    /// <summary><c>replicated</c> or <c>global</c>.</summary>
    public string Mode { get; init; } = "replicated";

    public ComposeUpdate? Update { get; init; }

    public ComposeUpdate? Rollback { get; init; }

    public ComposeRestartPolicy? RestartPolicy { get; init; }
}

/// <summary>How containers are replaced by newer ones.</summary>
public sealed record ComposeUpdate
{
    /// <summary>How many at a time; 0 is all.</summary>
    public int Parallelism { get; init; } = 1;

    /// <summary>Between one group and the next.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary><c>pause</c>, <c>continue</c> or <c>rollback</c>.</summary>
    public string FailureAction { get; init; } = "pause";

    /// <summary>How long a new container is watched for failure.</summary>
    public TimeSpan Monitor { get; init; }

    /// <summary>0 to 1.</summary>
    public double MaxFailureRatio { get; init; }

    /// <summary><c>stop-first</c> or <c>start-first</c>.</summary>
    public string Order { get; init; } = "stop-first";
}

/// <summary>When a container that ended is started again.</summary>
public sealed record ComposeRestartPolicy
{
    /// <summary><c>none</c>, <c>on-failure</c> or <c>any</c>.</summary>
    public string Condition { get; init; } = "any";

    public TimeSpan Delay { get; init; }

    /// <summary>Null is without end.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>How long it has to run to count as started; null is at once.</summary>
    public TimeSpan? Window { get; init; }
}
