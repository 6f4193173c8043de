using Seatrial.Worker.Hosting;

namespace Seatrial.Worker.Tests.Guide;

/// <summary>The flow that docs/worker.md shows, over HTTP.</summary>
internal static class Serving
{
    public static void Configure(WorkerBuilder worker)
    {
        worker.Handle("orders", OrderJson.Default.Order, Pricing.Price).TakeInOverHttp();
        worker.ServeRecords();
        worker.ServeResults("shop.published", "year", "article");
    }
}
