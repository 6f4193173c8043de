namespace Seatrial.Wire;

/// <summary>What a worker does where nothing is said, and how far that may be turned up.</summary>
public static class ContainerDefaults
{
    /// <summary>Of <see cref="ContainerVariables.BatchSize"/>.</summary>
    public const int BatchSize = 100;

    public const int MostBatchSize = 10_000;

    /// <summary>Of <see cref="ContainerVariables.QueuePoolSize"/>.</summary>
    public const int PoolSize = 8;

    public const int MostPoolSize = 1000;
}
