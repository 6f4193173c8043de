namespace Seatrial.Engine.Workloads;

/// <summary>A way for records into a system.</summary>
public interface IRecordLoader
{
    /// <summary>How many batches of an open load may be under way at once: as many as it takes for the next one not to
    /// wait for those before.</summary>
    int MostAtOnce { get; }

    /// <summary>Puts in one batch, and returns once its fate is known, as far as it can be.</summary>
    /// <exception cref="SeatrialException">The system does not take such records.</exception>
    Task<InsertedBatch> InsertAsync(WorkloadRecord[] batch, CancellationToken cancellationToken);
}
