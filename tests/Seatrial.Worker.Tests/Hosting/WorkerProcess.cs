using System.Diagnostics;
using Seatrial.Worker.Hosting;
using Seatrial.Worker.Processing;
using Seatrial.Worker.Tests.Processing;

namespace Seatrial.Worker.Tests.Hosting;

/// <summary>
/// A worker in a process of its own, for tests that kill it: this program with this one test. Its handler waits for a
/// file <c>go</c> in its state folder and writes the key of each record that it was called for to <c>handled</c>.
/// </summary>
public sealed class WorkerProcess
{
    private const string Variable = "SEATRIAL_TEST_WORKER_FOLDER";
    private static readonly TimeSpan _beat = TimeSpan.FromMilliseconds(20);

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

        var gate = new Lock();
        await WorkerHost.RunAsync(worker => worker.Handle(
            "q", TestJson.Default.Number, async (record, cancellationToken) =>
            {
                using var timer = new PeriodicTimer(_beat);
                while (!File.Exists(Path.Combine(folder, "go")))
                {
                    await timer.WaitForNextTickAsync(cancellationToken);
                }

                lock (gate)
                {
                    File.AppendAllText(Path.Combine(folder, "handled"), record.Key + "\n");
                }

                return Outcome.Done(record.Payload, TestJson.Default.Number);
            }));
    }
}
