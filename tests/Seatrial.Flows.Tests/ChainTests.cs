using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using NpgsqlTypes;
using Rpa1;
using Rpa2;
using Rpa3;
using Seatrial.Testing;
using Seatrial.Worker.Hosting;

namespace Seatrial.Flows.Tests;

/// <summary>The three flows over one PostgreSQL, as in the system, two workers each.</summary>
public sealed class ChainTests
{
    private const int Answers = 3000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_answer_is_cleaned_scored_and_counted_once_and_a_broken_one_is_set_aside()
    {
        await using var database = await TestDatabase.CreateAsync(Cancellation);
        await using var dataSource = NpgsqlDataSource.Create(database.ConnectionString);
        using var stop = new CancellationTokenSource();
        var workers = new Action<WorkerBuilder>[] { Intake.Configure, Scoring.Configure, Publication.Configure }
            .SelectMany(flow => new[] { RunAsync(flow, database, stop.Token), RunAsync(flow, database, stop.Token) })
            .ToList();
        await using var watch = await dataSource.OpenConnectionAsync(Cancellation);
        await UntilAsync(watch, "to_regclass('rpa.summaries') is not null");
        await EnqueueAsync(watch, [.. Survey.Answers.Take(Answers)]);

        await UntilAsync(
            watch, $"(select count(*) from seatrial.results where queue = 'rpa3') = {Answers}");
        await UntilAsync(watch, "exists (select from seatrial.records where state = 'dead')");
        await stop.CancelAsync();

        Assert.All(await Task.WhenAll(workers), exitCode => Assert.Equal(0, exitCode));
        Assert.Equal(
            $"rpa1 {Answers} {Answers}, rpa2 {Answers} {Answers}, rpa3 {Answers} {Answers}",
            await ScalarAsync(watch, """
                select string_agg(format('%s %s %s', queue, n, keys), ', ' order by queue)
                from (select queue, count(*) n, count(distinct key) keys from seatrial.results group by 1) by_queue
                """));
        Assert.Equal(
            "year is not there.", await ScalarAsync(watch, "select error from seatrial.records where key = 'broken'"));
        var hours = Survey.Answers.Take(
            Answers).Select(answer => answer.Fields["tvhours"]).Where(text => text != "NA").ToList();
        Assert.Equal(
            $"{Answers} {hours.Count} {hours.Sum(int.Parse)}",
            await ScalarAsync(
                watch, "select format('%s %s %s', sum(answers), sum(tv_answers), sum(tv_hours)) from rpa.summaries"));
        Assert.Equal("True", await ScalarAsync(watch, """
            select (select sum(expected_tv_hours) from rpa.summaries)
                = (select sum((result ->> 'expected_tv_hours')::numeric) from seatrial.results where queue = 'rpa2')
            """));
    }

    private static Task<int> RunAsync(Action<WorkerBuilder> flow, TestDatabase database, CancellationToken stop) =>
        Task.Run(() =>
        WorkerHost.RunAsync(
            flow,
            new Dictionary<string, string>
            {
                ["CONTAINER_FLOW_NAME"] = "flow",
                ["CONTAINER_DATABASE_CONNECTIONS__QUEUE__CONNECTION_STRING"] = database.ConnectionString,
                ["CONTAINER_HEALTH_CHECK_CONFIG__PORT"] = $"{FreePort()}",
            },
            NullLoggerFactory.Instance,
            stop));

    private static async Task EnqueueAsync(
        NpgsqlConnection connection, IReadOnlyList<(string Key, IReadOnlyDictionary<string, string> Fields)> answers)
    {
        await using var insert = new NpgsqlCommand(
            "insert into seatrial.records (queue, key, payload) select 'rpa1', * from unnest($1, $2)", connection);
        string[] keys = [.. answers.Select(answer => answer.Key), "broken"];
        var broken = answers[0].Fields.Where(field => field.Key != "year").ToDictionary();
        string[] payloads =
            [.. answers.Select(answer => JsonSerializer.Serialize(answer.Fields)), JsonSerializer.Serialize(broken)];
        insert.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = keys });
        insert.Parameters.Add(new NpgsqlParameter<string[]>
        {
            TypedValue =
            payloads,
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb
        });
        await insert.ExecuteNonQueryAsync(Cancellation);
    }

    private static async Task UntilAsync(NpgsqlConnection connection, string condition)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await ScalarAsync(connection, $"select {condition}") != "True")
        {
            await timer.WaitForNextTickAsync(Cancellation);
        }
    }

    private static async Task<string> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return $"{await command.ExecuteScalarAsync(Cancellation)}";
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
