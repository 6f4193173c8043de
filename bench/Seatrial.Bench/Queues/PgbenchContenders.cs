using System.Diagnostics;

namespace Seatrial.Bench.Queues;

/// <summary>
/// The limit: pgbench, four clients inside the server's container, with Seatrial's statements but nothing around them.
/// Results are of the same size, and parsed from text as those of a client are.
/// </summary>
internal static class PgbenchContenders
{
    private const int Clients = 4;

    public static Contender Chunks(int size, int records) => new()
    {
        Name = $"pgbench, chunks of {size}",
        Records = records,
        FillAsync = SeatrialContenders.Chunks(size, records).FillAsync,
        DrainAsync = (database, count) => RunAsync(database, count / size / Clients, """
            update seatrial.chunks set state = 'running', owner = 'w', fence = fence + 1, attempts = attempts + 1, lease_until = now() + interval '30 s' where ctid = any (array (select ctid from seatrial.chunks where queue = 'bench' and state = 'ready' and run_at <= now() order by run_at, id limit 1 for update skip locked)) returning id as chunk, fence \gset
            select id, key, payload from seatrial.chunk_records where chunk = :chunk;
            with held as (update seatrial.chunks set state = 'done', lease_until = null, finished_at = now() where id = :chunk and fence = :fence and lease_until is not null returning id) insert into seatrial.results (record_id, queue, key, owner, fence, result) select r.id, 'bench', r.key, 'w', :fence, ('{"Value":"' || rpad(r.key, 89, 'r') || '"}')::jsonb from held join seatrial.chunk_records r on r.chunk = held.id;
            """),
    };

    public static Contender Rows(int batch, int records) => new()
    {
        Name = $"pgbench, rows, batches of {batch}",
        Records = records,
        FillAsync = SeatrialContenders.Rows(batch, Clients, records).FillAsync,
        DrainAsync = (database, count) => RunAsync(database, count / batch / Clients, $$"""
            with c as (update seatrial.records set state = 'running', owner = 'w', fence = fence + 1, attempts = attempts + 1, lease_until = now() + interval '30 s' where ctid = any (array (select ctid from seatrial.records where queue = 'bench' and state = 'ready' and priority = 1 and run_at <= now() order by run_at, id limit {{batch}} for update skip locked)) returning id, payload) select array_agg(id) as ids, count(payload) as n from c \gset
            with done as (delete from seatrial.records where id = any (:ids::bigint[]) and fence = 1 and lease_until is not null returning id, key, payload) insert into seatrial.results (record_id, queue, key, owner, fence, result) select id, 'bench', key, 'w', 1, ('{"Value":"' || rpad(key, 89, 'r') || '"}')::jsonb from done;
            """),
    };

    private static async Task<Drained> RunAsync(BenchDatabase database, int transactions, string script)
    {
        var name = new Npgsql.NpgsqlConnectionStringBuilder(database.ConnectionString).Database ?? "";
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo("docker")
            {
                ArgumentList =
                {
                    "exec", "-i", "-e", "PGPASSWORD=test", database.ContainerId, "pgbench", "-h", "127.0.0.1", "-U", "test", "-n", "-M", "prepared",
                    "-c", $"{Clients}", "-j", "1", "-t", $"{transactions}", "-f", "/dev/stdin", name,
                },
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.Start();
        await process.StandardInput.WriteAsync(script);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? new Drained(TimeSpan.Zero)
            : throw new InvalidOperationException($"pgbench: {await errors}");
    }
}
