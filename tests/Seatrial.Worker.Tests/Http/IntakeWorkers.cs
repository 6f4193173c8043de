using Seatrial.Worker.Hosting;
using Seatrial.Worker.Processing;
using Seatrial.Worker.Tests.Hosting;
using Seatrial.Worker.Tests.Processing;

namespace Seatrial.Worker.Tests.Http;

/// <summary>Workers that take in over HTTP, once they work.</summary>
internal static class IntakeWorkers
{
    /// <summary>On the queue <c>q</c> alone.</summary>
    public static Task<TestWorker> StartAsync(TestQueue queue, params (string, string)[] variables) =>
        StartAsync(queue, _ => { }, variables);

    /// <summary>With more queues: records then go on from <c>q</c> to <c>second</c>.</summary>
    public static async Task<TestWorker> StartAsync(
        TestQueue queue, Action<WorkerBuilder> configure, params (string, string)[] variables)
    {
        var worker = new TestWorker(
            queue.ConnectionString,
            builder =>
            {
                configure(builder);
                var goesOn = builder.Handlers.Count > 0;
                builder.Handle("q", TestJson.Default.Number, record => goesOn
                    ? Outcome.Done(record.Payload, TestJson.Default.Number)
                        .Then("second", record.Payload, TestJson.Default.Number)
                    : Outcome.Done(record.Payload, TestJson.Default.Number)).TakeInOverHttp();
            },
            [("WORKER__CONCURRENCY", "1"), .. variables]);
        await worker.Log.SeenAsync("Working after");
        return worker;
    }
}
