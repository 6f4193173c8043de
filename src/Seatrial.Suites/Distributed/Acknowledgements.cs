using Seatrial.Engine.Histories;
using Seatrial.Engine.Workloads;

namespace Seatrial.Suites.Distributed;

/// <summary>From batches, as the loader tells of them, to what the judge joins with the log.</summary>
internal static class Acknowledgements
{
    /// <param name="queue">The first one.</param>
    /// <param name="batch">What became of it.</param>
    /// <param name="sent">When its records were due and sent; null without a plan.</param>
    public static IReadOnlyList<Acknowledgement> Of(string queue, InsertedBatch batch, SentBatch? sent = null) =>
    [
        .. batch.Keys.Select((key, i) => new Acknowledgement
        {
            Queue = queue,
            Key = key,
            Record = batch.Ids.Count > 0 ? batch.Ids[i] : null,
            Outcome = batch.Outcome,
            Xid = (uint?)batch.Xid,
            DueAt = sent is null ? null : Instants.From(sent.Due[i]),
            SentAt = sent is null ? null : Instants.From(sent.SentAt),
        }),
    ];
}
