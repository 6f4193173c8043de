using System.Collections.Concurrent;

namespace Seatrial.Worker.Processing;

/// <summary>The batches that this process owns at the moment, so that their leases can be renewed.</summary>
internal sealed class HeldBatches
{
    private readonly ConcurrentDictionary<LeasedBatch, bool> _batches = new(ReferenceEqualityComparer.Instance);

    public int Records => _batches.Keys.Sum(batch => batch.Records.Count);

    public IEnumerable<LeasedBatch> Batches => _batches.Keys;

    public void Add(LeasedBatch batch) => _batches[batch] = true;

    /// <summary>Ends the watch over the batch's lease too.</summary>
    public void Remove(LeasedBatch batch)
    {
        _batches.TryRemove(batch, out _);
        batch.Dispose();
    }
}
