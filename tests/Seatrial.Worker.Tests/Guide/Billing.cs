using System.Net.Http.Json;
using Npgsql;
using Seatrial.Worker.Hosting;
using Seatrial.Worker.Processing;

namespace Seatrial.Worker.Tests.Guide;

/// <summary>What docs/worker.md shows of effects: in the same database, and outside.</summary>
internal sealed class Billing(HttpClient bank)
{
    public void Configure(WorkerBuilder worker)
    {
        worker.UseSchema(typeof(Billing).Assembly);
        worker.Handle("bills", OrderJson.Default.Bill, _ => Outcome.Done()).Completing(AddToOutboxAsync);
        worker.Handle("payments", OrderJson.Default.Bill, PayAsync);
    }

    private static async Task AddToOutboxAsync(CompletingBatch<Bill> batch, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "insert into shop.outbox (record, total) select * from unnest($1::bigint[], $2::numeric[])",
            batch.Connection)
        {
            Parameters =
            {
                new() { Value = batch.Records.Select(record => record.Id).ToArray() },
                new() { Value = batch.Records.Select(record => record.Payload.Total).ToArray() },
            },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async ValueTask<Outcome> PayAsync(Record<Bill> record, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "payments")
        {
            Content = JsonContent.Create(record.Payload, OrderJson.Default.Bill),
        };
        request.Headers.Add("Idempotency-Key", $"payments-{record.Id}");
        using var answer = await bank.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return Outcome.Done();
    }
}
