namespace Seatrial.Bench.Environments;

/// <summary>A way to bring a system up and take it down.</summary>
internal abstract class UpContender(string name)
{
    public string Name { get; } = name;

    /// <summary>From nothing to all healthy, and to nothing again.</summary>
    public abstract Task<UpTimes> RunAsync();
}

/// <summary>How long both took.</summary>
internal sealed record UpTimes(TimeSpan Up, TimeSpan Down);
