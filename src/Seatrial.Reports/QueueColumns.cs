using Seatrial.Engine.Runs;

namespace Seatrial.Reports;

/// <summary>The totals of a queue in the order of a record's life, as each report's table has them.</summary>
internal static class QueueColumns
{
    public static IReadOnlyList<string> Names { get; } =
        ["enqueued", "claims", "released", "expired", "done", "dead", "effects", "redelivered"];

    /// <summary>One a name; null is not counted.</summary>
    public static IReadOnlyList<long?> Of(QueueSummary queue) =>
    [
        queue.Enqueued, queue.Claims, queue.Releases, queue.Expiries, queue.Done, queue.Dead, queue.Effects,
        queue.Redelivered,
    ];

    /// <summary>Over all queues; what one of them did not count is not known of the whole.</summary>
    public static IReadOnlyList<long?> Sum(IReadOnlyList<QueueSummary> queues) => queues
        .Select(Of)
        .Aggregate((sum, queue) => [.. sum.Zip(queue, (left, right) => left + right)]);

    /// <summary>Whether a column should say as many as were enqueued: done and effects.</summary>
    public static bool EqualsEnqueued(int column) => Names[column] is "done" or "effects";
}
