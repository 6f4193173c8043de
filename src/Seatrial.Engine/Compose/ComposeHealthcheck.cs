namespace Seatrial.Engine.Compose;

/// <summary>
/// A health check; <see cref="Test"/> starts with <c>NONE</c>, <c>CMD</c> or <c>CMD-SHELL</c>, or is null (the
/// image's).
/// </summary>
public sealed record ComposeHealthcheck
{
    public IReadOnlyList<string>? Test { get; init; }

    public TimeSpan? Interval { get; init; }

    public TimeSpan? Timeout { get; init; }

    public TimeSpan? StartPeriod { get; init; }

    public TimeSpan? StartInterval { get; init; }

    public int? Retries { get; init; }
}
