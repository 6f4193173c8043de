using System.Diagnostics;
using System.Globalization;

namespace Seatrial.Bench.Queues;

/// <summary>graphile-worker and pg-boss, on Node.</summary>
internal static class NodeContenders
{
    private static readonly string _peers = Path.Combine(AppContext.BaseDirectory, "Queues", "peers");

    public static Contender Graphile(string mode, int processes, int records) => new()
    {
        Name = $"graphile-worker, {mode}, {processes} process{(processes > 1 ? "es" : "")}, no result",
        Records = records,
        FillAsync = async (database, count) =>
        {
            await RunAsync("graphile-schema.mjs", Uri(database));
            await database.ExecuteAsync($$"""
                select count(*) from generate_series(1, {{count / 1000}}) part, lateral graphile_worker.add_jobs(
                    (select array_agg(row('noop', json_build_object('text', repeat('p', 89)), null, null, null, null, null, null)::graphile_worker.job_spec)
                     from generate_series(1, 1000) n where part > 0))
                """);
        },
        DrainAsync = async (database, _) =>
        {
            var workers = Enumerable.Range(0, processes)
                .Select(_ => Start("graphile.mjs", Uri(database), mode)).ToList();
            try
            {
                await database.UntilAsync("not exists (select from graphile_worker._private_jobs)");
                return new Drained(workers.Aggregate(TimeSpan.Zero, (sum, worker) =>
                {
                    worker.Refresh();
                    return sum + worker.TotalProcessorTime;
                }));
            }
            finally
            {
                foreach (var worker in workers)
                {
                    worker.Kill();
                    await worker.WaitForExitAsync();
                    worker.Dispose();
                }
            }
        },
    };

    public static Contender PgBoss(int records) => new()
    {
        Name = "pg-boss, batches of 100, 4 at a time, result and completion in one transaction",
        Records = records,
        FillAsync = async (database, count) =>
        {
            await database.ExecuteAsync("create table bench_results (id uuid, result jsonb)");
            await RunAsync("pgboss.mjs", Uri(database), $"{count}", "fill");
        },
        DrainAsync = async (database, count) =>
        {
            await RunAsync("pgboss.mjs", Uri(database), $"{count}", "drain");
            var results = await database.AskAsync<long>("select count(*) from bench_results");
            return results == count
                ? new Drained(TimeSpan.Zero)
                : throw new InvalidOperationException($"{results} results of {count}.");
        },
    };

    /// <summary>The milliseconds from each enqueuing to the task's start, into an idle graphile-worker.</summary>
    public static async Task<IReadOnlyList<double>> GraphileLatenciesAsync(BenchDatabase database, int count)
    {
        await RunAsync("graphile-schema.mjs", Uri(database));
        var output = await RunAsync("graphile-latency.mjs", Uri(database), $"{count}");
        return
        [
            .. output.Split('\n').Where(line => line.StartsWith("latency ", StringComparison.Ordinal))
                .Select(line => double.Parse(line["latency ".Length..], CultureInfo.InvariantCulture)),
        ];
    }

    /// <summary>Fetches the peers from npm where they are not there yet.</summary>
    public static async Task InstallAsync()
    {
        if (Directory.Exists(Path.Combine(_peers, "node_modules")))
        {
            return;
        }

        using var npm = Process.Start(new ProcessStartInfo("npm", ["install", "--no-audit", "--no-fund"])
        {
            WorkingDirectory = _peers,
        }) ?? throw new InvalidOperationException("npm is not installed: the peers need Node 20 or newer.");
        await npm.WaitForExitAsync();
        if (npm.ExitCode != 0)
        {
            throw new InvalidOperationException($"npm install failed with exit code {npm.ExitCode} in {_peers}.");
        }
    }

    private static string Uri(BenchDatabase database)
    {
        var parts = new Npgsql.NpgsqlConnectionStringBuilder(database.ConnectionString);
        return $"postgres://{parts.Username}:{parts.Password}@{parts.Host}:{parts.Port}/{parts.Database}";
    }

    private static Process Start(string script, params string[] arguments) => Process.Start(
        new ProcessStartInfo("node", [script, .. arguments])
        {
            WorkingDirectory = _peers,
            RedirectStandardOutput = true,
        }) ?? throw new InvalidOperationException("node does not start.");

    private static async Task<string> RunAsync(string script, params string[] arguments)
    {
        using var process = Start(script, arguments);
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{script} failed with exit code {process.ExitCode}.");
    }
}
