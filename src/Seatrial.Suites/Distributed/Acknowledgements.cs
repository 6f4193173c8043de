using Seatrial.Engine.Histories;
using Seatrial.Engine.Workloads;

namespace Seatrial.Suites.Distributed;

/// <summary>From batches, as the loader tells of them, to what the judge joins with the log.</summary>
internal static class Acknowledgements
{
    public static IReadOnlyList<Acknowledgement> Of(string queue, InsertedBatch batch) =>
    [
        .. batch.Keys.Select((key, i) => new Acknowledgement
        {
            Queue = queue,
            Key = key,
            Record = batch.Ids.Count > 0 ? batch.Ids[i] : null,
            Outcome = batch.Outcome,
            Xid = (uint?)batch.Xid,
        }),
    ];
}
