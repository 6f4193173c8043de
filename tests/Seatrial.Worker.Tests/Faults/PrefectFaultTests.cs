using System.Globalization;
using Seatrial.Worker.Prefect;
using Seatrial.Worker.Tests.Configuration;
using Seatrial.Worker.Tests.Hosting;
using Seatrial.Worker.Tests.Prefect;
using Seatrial.Worker.Tests.Processing;

namespace Seatrial.Worker.Tests.Faults;

/// <summary>
/// A whole worker and a real Prefect server that is not always there: every record counts once, and what Prefect shows
/// at the end is what happened.
/// </summary>
[Collection(SharedPrefect.Name)]
public sealed class PrefectFaultTests(PrefectServer server) : IDisposable
{
    private const string FromTheStart = "down from the start";
    private const string InTheMiddle = "down in the middle";
    private const string Wiped = "wiped";

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(FromTheStart)]
    [InlineData(InTheMiddle)]
    [InlineData(Wiped)]
    public async Task Prefect_away(string how)
    {
        await PrefectInstallation.ProgramsAsync();
        await (how == FromTheStart ? server.KillAsync() : server.StartAsync());
        await using var queue = await TestQueue.CreateAsync();
        var work = await Workload.CreateAsync(queue);
        await using var worker = new TestWorker(
            queue.ConnectionString, work.Configure,
            ("WORKER__BATCH_SIZE", "10"), ("WORKER__CONCURRENCY", "2"), ("STATE_FOLDER", _folder.PathOf("")),
            ("PREFECT__API_URL", server.Api.AbsoluteUri), ("PREFECT__API_AUTH_STRING", PrefectServer.Authentication),
            ("PREFECT__IDLE_AFTER", "3s"), ("PREFECT__STEP_LENGTH", "800ms"), ("PREFECT__READ_BACK_AFTER", "3s"),
            ("PREFECT__RETRY_CONFIG__FIRST_DELAY", "50ms"), ("PREFECT__RETRY_CONFIG__MAX_DELAY", "500ms"));
        await work.Midway;
        await (how == FromTheStart
            ? worker.Log.SeenAsync("Work goes on without it")
            : ObservedWork.RunBeginsAsync(_folder.PathOf(""), steps: 1, worker.Log));

        await (how switch
        {
            InTheMiddle => server.KillAsync(),
            Wiped => server.WipeAsync(),
            _ => Task.CompletedTask,
        });
        work.GoOn();
        await work.AssertOnceAsync();
        await server.StartAsync();

        const string Settled = "seatrial_prefect_outbox_depth 0\n";
        await Eventually.HoldsAsync(worker.Log, async () =>
            (await worker.GetAsync("/metrics")).Body.Contains(Settled, StringComparison.Ordinal)
            && Runs(Picture.OfFolder(_folder.PathOf(""))).All(run => run.State == StateTypes.Completed));
        // The last step's end may still be on its way.
        using var client = server.Client();
        await Eventually.HoldsAsync(worker.Log, async () => Picture.OfFolder(_folder.PathOf("")).SequenceEqual(
            await Picture.OfServerAsync(client, Owner(worker))));
        var here = Picture.OfFolder(_folder.PathOf(""));
        Assert.Equal(4 * Workload.Each, Runs(here).Sum(run => run.Ended));
        Assert.Equal(0, await worker.StopAsync());
    }

    public void Dispose() => _folder.Dispose();

    private static string Owner(TestWorker worker) => worker.Log.Lines
        .First(line => line.Contains("Starting flow as ", StringComparison.Ordinal)).Split(' ')[4];

    // Id, state, records ended and so on; see Picture.
    private static IEnumerable<(string State, int Ended)> Runs(IEnumerable<string> picture) => picture
        .Select(line => line.Split(' '))
        .Where(words => words[1] is StateTypes.Completed or StateTypes.Crashed or "RUNNING")
        .Select(words => (words[1], int.Parse(words[2], CultureInfo.InvariantCulture)));
}
