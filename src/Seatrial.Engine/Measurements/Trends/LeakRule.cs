namespace Seatrial.Engine.Measurements.Trends;

/// <summary>What growth of a resource counts as a leak.</summary>
/// <param name="Resource">What it is called.</param>
/// <param name="Unit">Of its figures.</param>
/// <param name="LeastGrowth">What it must have grown by while it was watched: less is noise, whatever the
/// statistics say.</param>
/// <param name="LeastShare">The same, as a part of its level.</param>
public sealed record LeakRule(string Resource, string Unit, double LeastGrowth, double LeastShare)
{
    /// <summary>Memory that no file backs.</summary>
    public static LeakRule Memory { get; } = new("memory", "bytes", 8 << 20, 0.1);

    /// <summary>Open file handles.</summary>
    public static LeakRule Files { get; } = new("file handles", "handles", 10, 0.1);

    /// <summary>Sessions at the database.</summary>
    public static LeakRule Connections { get; } = new("connections", "sessions", 4, 0.2);
}
