using System.Diagnostics;
using System.Globalization;
using Seatrial.Worker.Hosting;
using Seatrial.Worker.Processing;
using Seatrial.Worker.Tests.Faults;
using Seatrial.Worker.Tests.Processing;

namespace Seatrial.Worker.Tests.Hosting;

/// <summary>
/// A worker in a process of its own, for tests that kill it: this program with this one test. Its handlers wait for a
/// file <c>go</c> in its state folder, for records above the number in <c>below</c> even then, and write the key of
/// each record that they were called for to <c>handled</c>. What it does to the queue <c>effects</c> is counted in the
/// table of that name too.
/// </summary>
public sealed class WorkerProcess
{
    private const string Variable = "SEATRIAL_TEST_WORKER_FOLDER";
    private static readonly TimeSpan _beat = TimeSpan.FromMilliseconds(20);
    private static readonly Lock _gate = new();

    internal static (Process Process, LogWatch Log) Start(
        string connectionString, string folder, params (string Name, string Value)[] variables)
    {
        var program = Path.ChangeExtension(typeof(WorkerProcess).Assembly.Location, null);
        var start = new ProcessStartInfo(
            program, ["-explicit", "only", "-class", typeof(WorkerProcess).FullName ?? ""])
        {
            Environment =
            {
                [Variable] = folder,
                ["CONTAINER_FLOW_NAME"] = "flow",
                ["CONTAINER_DATABASE_CONNECTIONS__QUEUE__CONNECTION_STRING"] = connectionString,
                ["CONTAINER_HEALTH_CHECK_CONFIG__PORT"] = $"{TestWorker.FreePort()}",
                ["CONTAINER_STATE_FOLDER"] = folder,
            },
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in variables)
        {
            start.Environment["CONTAINER_" + name] = value;
        }

        var process = new Process { StartInfo = start };
        var log = new LogWatch();
        process.OutputDataReceived += (_, line) => log.Add(line.Data ?? "");
        process.Start();
        process.BeginOutputReadLine();
        return (process, log);
    }

    internal static IReadOnlyList<string> Handled(string folder) => File.ReadAllLines(Path.Combine(folder, "handled"));

    [Fact(Explicit = true)]
    public async Task Works_until_it_is_killed()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { } folder)
        {
            return;
        }

        Assert.Equal(0, await WorkerHost.RunAsync(worker =>
        {
            worker.Handle(Workload.Plain, TestJson.Default.Number, HandleAsync);
            worker.Handle(Workload.Effects, TestJson.Default.Number, HandleAsync).Completing(Workload.CountAsync);
        }));

        async ValueTask<Outcome> HandleAsync(Record<Number> record, CancellationToken cancellationToken)
        {
            using var timer = new PeriodicTimer(_beat);
            while (!MayPass(folder, record.Payload.Value))
            {
                await timer.WaitForNextTickAsync(cancellationToken);
            }

            lock (_gate)
            {
                File.AppendAllText(Path.Combine(folder, "handled"), record.Key + "\n");
            }

            return Outcome.Done(record.Payload, TestJson.Default.Number);
        }
    }

    private static bool MayPass(string folder, int number) =>
        File.Exists(Path.Combine(folder, "go"))
        && (!File.Exists(Path.Combine(folder, "below"))
            || number < int.Parse(File.ReadAllText(Path.Combine(folder, "below")), CultureInfo.InvariantCulture));
}
