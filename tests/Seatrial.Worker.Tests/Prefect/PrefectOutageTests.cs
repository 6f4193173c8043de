using Seatrial.Worker.Configuration;
using Seatrial.Worker.Prefect;
using Seatrial.Worker.Tests.Configuration;
using Seatrial.Worker.Tests.Faults;

namespace Seatrial.Worker.Tests.Prefect;

/// <summary>Whatever happens between a worker and Prefect: at the end each run is there once, as it was.</summary>
[Collection(SharedPrefect.Name)]
public sealed class PrefectOutageTests(PrefectServer server) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _owner = $"o{Guid.NewGuid():N}"[..16];

    [Fact]
    public async Task A_server_that_is_down_from_the_start_is_told_of_once_and_hears_everything_later()
    {
        await PrefectInstallation.ProgramsAsync();
        await server.KillAsync();
        await using (var work = Work((PrefectOptions.Timeout.Variable, "30s")))
        {
            await work.Log.SeenAsync("Work goes on without it");
            work.Work(10);
            work.Complain("ten are done");
            await work.RunEndsAsync();
            work.Work(5);
            await work.RunBeginsAsync();
            await server.StartAsync();
            await work.RunEndsAsync();
            await work.SettledAsync();
            Assert.Single(work.Log.Lines, line => line.Contains("does not answer", StringComparison.Ordinal));
        }

        await AssertSameAsync(runs: 2);
    }

    [Fact]
    public async Task A_server_that_is_killed_in_the_middle_and_comes_back_hears_all_that_it_lost()
    {
        await server.StartAsync();
        await using (var work = Work((PrefectOptions.IdleAfter.Variable, "10s")))
        {
            await work.Log.SeenAsync("answers at");
            for (var i = 0; i < 3; i++)
            {
                work.Work(10);
                work.Complain($"before {i}");
                await work.RunBeginsAsync(steps: i + 1);
            }

            await server.KillAsync();
            work.Work(7);
            work.Context.Progress.CountFailed(2);
            work.Complain("meanwhile");
            await work.RunEndsAsync();
            await server.StartAsync();
            work.Work(1);
            await work.RunBeginsAsync();
            await work.RunEndsAsync();
            await work.SettledAsync();
        }

        await AssertSameAsync(runs: 2);
    }

    [Fact]
    public async Task A_server_that_lost_its_database_is_told_again()
    {
        await server.StartAsync();
        await using (var work = Work())
        {
            work.Work(10);
            work.Complain("of the first run");
            await work.RunBeginsAsync();
            await work.RunEndsAsync();
            await work.SettledAsync();
            work.Work(3);
            work.Complain("of the second run");
            await work.RunBeginsAsync();
            await server.WipeAsync();
            await server.StartAsync();
            await work.Log.SeenAsync("another one");
            await work.RunEndsAsync();
            await work.SettledAsync();
        }

        await AssertSameAsync(runs: 2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_run_of_a_worker_that_is_killed_ends_when_another_takes_its_place(bool isServerUp)
    {
        await PrefectInstallation.ProgramsAsync();
        await (isServerUp ? server.StartAsync() : server.KillAsync());
        using (var killed = KilledWorker.Start(server.Api, _folder.PathOf(""), _owner))
        {
            await ObservedWork.RunBeginsAsync(_folder.PathOf(""), steps: 2);
            killed.Kill();
            await killed.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await server.StartAsync();
        await using (var work = Work())
        {
            await work.Log.SeenAsync("was not ended");
            await work.SettledAsync();
        }

        await AssertSameAsync(runs: 1, StateTypes.Crashed);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_clock_that_is_set_by_an_hour_keeps_nothing_from_Prefect(int hours)
    {
        await server.StartAsync();
        var clock = new WallClock();
        await using (var work = new ObservedWork(clock, server.Api, _folder.PathOf(""), _owner))
        {
            work.Work(10);
            work.Complain("before");
            await work.RunBeginsAsync(steps: 1);
            clock.Set(TimeSpan.FromHours(hours));
            work.Work(7);
            work.Complain("after");
            await work.RunEndsAsync();
            await work.SettledAsync();
        }

        await AssertSameAsync(runs: 1);
    }

    [Fact]
    public async Task Answers_that_are_lost_make_nothing_twice()
    {
        await server.StartAsync();
        await using var proxy = new LossyProxy(server.Api);
        await using (var work = new ObservedWork(proxy.Api, _folder.PathOf(""), _owner))
        {
            for (var i = 0; i < 3; i++)
            {
                work.Work(4);
                work.Complain($"line {i}");
                await work.RunBeginsAsync(steps: i + 1);
            }

            await work.RunEndsAsync();
            await work.SettledAsync();
            Assert.True(proxy.Lost > 3, $"{proxy.Lost} answers were lost");
        }

        await AssertSameAsync(runs: 1);
    }

    [Fact]
    public async Task A_worker_that_drains_tells_of_its_end_though_answers_are_lost()
    {
        await server.StartAsync();
        await using var proxy = new LossyProxy(server.Api);
        await using (var work = new ObservedWork(
            proxy.Api, _folder.PathOf(""), _owner, (PrefectOptions.FlushTimeout.Variable, "1m")))
        {
            await work.Log.SeenAsync("answers at");
            work.Work(4);
            work.Complain("on the way out");
            await work.RunBeginsAsync(steps: 1);
        }

        Assert.True(proxy.Lost > 1, $"{proxy.Lost} answers were lost");
        using var client = server.Client();
        var runs = await client.FindFlowRunsAsync(
            new FlowRunFilter { Tags = new AllOf<string>([Projection.Tag]) }, TestContext.Current.CancellationToken);
        var run = Assert.Single(runs, run => run.Name.StartsWith(_owner, StringComparison.Ordinal));
        Assert.Equal(StateTypes.Completed, run.StateType);
    }

    [Fact]
    public async Task Steps_that_were_accepted_and_never_stored_are_sent_again()
    {
        await server.StartAsync();
        await using var proxy = new LossyProxy(server.Api, swallowed: 2);
        await using (var work = new ObservedWork(proxy.Api, _folder.PathOf(""), _owner))
        {
            work.Work(4);
            await work.RunBeginsAsync(steps: 1);
            work.Work(5);
            await work.RunEndsAsync();
            await work.SettledAsync();
            Assert.Equal(2, proxy.Lost);
        }

        await AssertSameAsync(runs: 1);
    }

    public void Dispose() => _folder.Dispose();

    private ObservedWork Work(params (string, string)[] variables) =>
        new(server.Api, _folder.PathOf(""), _owner, variables);

    private async Task AssertSameAsync(int runs, string state = StateTypes.Completed)
    {
        using var client = server.Client();
        var here = Picture.OfFolder(_folder.PathOf(""));
        Assert.Equal(here, await Picture.OfServerAsync(client, _owner));
        Assert.Equal(runs, here.Count(line => line.Contains($" {state} ", StringComparison.Ordinal)
            && !line.Contains(" work ", StringComparison.Ordinal)));
    }
}
