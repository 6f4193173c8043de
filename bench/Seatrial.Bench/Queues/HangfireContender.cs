using Hangfire;
using Hangfire.Common;
using Hangfire.PostgreSql;
using Hangfire.States;

namespace Seatrial.Bench.Queues;

/// <summary>Hangfire on PostgreSQL, 20 workers in this process; it keeps what the job returns as its result.</summary>
internal static class HangfireContender
{
    private const int Workers = 20;
    private static readonly string _result = new('r', 89);

    public static Contender Of(int records) => new()
    {
        Name = $"Hangfire.PostgreSql, {Workers} workers",
        Records = records,
        FillAsync = (database, count) =>
        {
            var client = new BackgroundJobClient(Storage(database));
            var job = Job.FromExpression(() => Handle(new string('p', 89)));
            var few = new ParallelOptions { MaxDegreeOfParallelism = 8 };
            Parallel.For(0, count, few, _ => client.Create(job, new EnqueuedState()));
            return Task.CompletedTask;
        },
        DrainAsync = async (database, count) =>
        {
            using var process = System.Diagnostics.Process.GetCurrentProcess();
            var before = process.TotalProcessorTime;
            using var server = new BackgroundJobServer(
                new BackgroundJobServerOptions { WorkerCount = Workers, Queues = [EnqueuedState.DefaultQueue] },
                Storage(database));
            await database.UntilAsync(
                $"(select count(*) = {count} from hangfire.job where statename = 'Succeeded')");
            process.Refresh();
            return new Drained(process.TotalProcessorTime - before);
        },
    };

    /// <summary>The job: called by Hangfire by its name.</summary>
    public static string Handle(string payload) => payload.Length > 0 ? _result : payload;

    private static PostgreSqlStorage Storage(BenchDatabase database) => new(
        new Hangfire.PostgreSql.Factories.NpgsqlConnectionFactory(
            database.ConnectionString, new PostgreSqlStorageOptions()),
        new PostgreSqlStorageOptions { QueuePollInterval = TimeSpan.FromMilliseconds(50) });
}
