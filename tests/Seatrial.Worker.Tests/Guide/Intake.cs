using Npgsql;
using Seatrial.Worker.Processing;

namespace Seatrial.Worker.Tests.Guide;

/// <summary>How docs/worker.md puts records in.</summary>
internal static class Intake
{
    public static async Task PutInAsync(
        NpgsqlConnection connection, IReadOnlyList<Order> orders, CancellationToken cancellationToken)
    {
        NewRecord<Order>[] urgent =
        [
            new("order:1", orders[0]) { Priority = 0 },
            new("order:2", orders[1]) { Delay = TimeSpan.FromMinutes(5) },
        ];
        await RecordWriter.EnqueueAsync(connection, "orders", urgent, OrderJson.Default.Order, cancellationToken);

        var bulk = orders.Skip(2).Select((order, i) => new NewRecord<Order>($"order:{i + 3}", order)).ToList();
        await RecordWriter.EnqueueChunksAsync(
            connection, "orders", bulk, OrderJson.Default.Order, chunkSize: 500, cancellationToken);
    }
}
