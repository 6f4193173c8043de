using Npgsql;
using Seatrial.Engine.Checks;
using Seatrial.Testing;

namespace Seatrial.Engine.Tests.Histories;

/// <summary>Which way the log comes.</summary>
[Trait("Needs", "Docker")]
public sealed class ServerSocketTests
{
    private const string IsByNetworkSql =
        "select client_addr is not null from pg_stat_replication where application_name = 'seatrial judge' and state = 'streaming'";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_log_of_a_server_in_a_container_comes_by_its_socket_after_a_restart_too()
    {
        await using var server = await StartAsync();
        await using var queue = await QueueDatabase.CreateAsync(server);
        await using var recorder = await queue.RecordAsync(server.InspectAsync);
        await queue.EnqueueAsync(3);
        Assert.False(await IsByNetworkAsync(queue));

        await server.StopAsync();
        await server.StartAgainAsync();
        NpgsqlConnection.ClearAllPools();
        await queue.WorkOffAsync();

        Assert.True(await recorder.WaitUntilAsync(counts => counts.Drained, Token));
        Assert.False(await IsByNetworkAsync(queue));
        var judgement = await queue.JudgeAsync(recorder);
        Assert.True(judgement.Verdict is Verdict.Pass, string.Join('\n', judgement.Checks));
    }

    [Fact]
    public async Task A_socket_that_leads_elsewhere_is_left_alone()
    {
        await using var server = await StartAsync();
        await using var elsewhere = await StartAsync();
        await using var queue = await QueueDatabase.CreateAsync(server);
        await using var recorder = await queue.RecordAsync(elsewhere.InspectAsync);

        Assert.True(await IsByNetworkAsync(queue));
    }

    [Fact]
    public async Task A_socket_that_does_not_let_the_user_in_is_left_alone()
    {
        await using var server = await StartAsync();
        await using var queue = await QueueDatabase.CreateAsync(server);
        await queue.RunAsync(
            "copy (select 'local all all reject' union all select 'host all all all trust' "
            + "union all select 'host replication all all trust') to '/var/lib/postgresql/data/pg_hba.conf'");
        await queue.RunAsync("select pg_reload_conf()");
        await using var recorder = await queue.RecordAsync(server.InspectAsync);

        Assert.True(await IsByNetworkAsync(queue));
    }

    private static Task<PostgresServer> StartAsync() => PostgresServer.StartAsync(["wal_level=logical"], Token);

    private static async Task<bool> IsByNetworkAsync(QueueDatabase queue)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while (true)
        {
            if (await queue.AskAsync<bool?>(IsByNetworkSql) is { } answer)
            {
                return answer;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }
    }
}
