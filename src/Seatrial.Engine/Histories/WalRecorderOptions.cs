using Seatrial.Engine.Drivers;
using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Histories;

/// <summary>What a recorder needs.</summary>
public sealed record WalRecorderOptions
{
    /// <summary>
    /// Straight to the database, past every fault; the role owns the mapped tables and may replicate.
    /// </summary>
    public required string ConnectionString { get; init; }

    /// <summary>
    /// The server's container as its engine shows it now; null where it is in none. Asked before each connection: on
    /// this host its Unix socket is read where it takes the same user.
    /// </summary>
    public Func<CancellationToken, Task<ContainerState?>>? Container { get; init; }

    public required RecordMapping Mapping { get; init; }

    /// <summary>The run's folder; the history is <see cref="EvidenceFiles.History"/> in it.</summary>
    public required string Folder { get; init; }

    /// <summary>Of the slot and the publication: lower-case letters, digits and underscores.</summary>
    public required string Slot { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>How long the end of the log may take to arrive.</summary>
    public TimeSpan EndWithin { get; init; } = TimeSpan.FromSeconds(60);
}
