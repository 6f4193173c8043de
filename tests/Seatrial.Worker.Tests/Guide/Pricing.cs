using System.Text.Json.Serialization;
using Seatrial.Worker.Hosting;
using Seatrial.Worker.Processing;

namespace Seatrial.Worker.Tests.Guide;

/// <summary>The flow that docs/worker.md shows.</summary>
internal static class Pricing
{
    public static void Configure(WorkerBuilder worker) => worker.Handle("orders", OrderJson.Default.Order, Price);

    public static Outcome Price(Record<Order> record)
    {
        var order = record.Payload;
        if (order.Quantity < 1)
        {
            return Outcome.Reject($"quantity is {order.Quantity}: an order has at least one piece.");
        }

        var bill = new Bill(order.Article, order.Quantity * order.Price);
        return Outcome.Done(bill, OrderJson.Default.Bill)
            .Then("bills", bill, OrderJson.Default.Bill);
    }
}

internal sealed record Order(string Article, int Quantity, decimal Price);

internal sealed record Bill(string Article, decimal Total);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(Bill))]
internal sealed partial class OrderJson : JsonSerializerContext;
