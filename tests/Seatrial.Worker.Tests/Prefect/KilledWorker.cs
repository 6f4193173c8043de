using System.Diagnostics;

namespace Seatrial.Worker.Tests.Prefect;

/// <summary>A worker in a process of its own: this program with this one test, which works until killed.</summary>
public sealed class KilledWorker
{
    private const string Variable = "SEATRIAL_TEST_KILLED_WORKER";

    internal static Process Start(Uri api, string folder, string owner)
    {
        var program = Path.ChangeExtension(typeof(KilledWorker).Assembly.Location, null);
        var start = new ProcessStartInfo(program, ["-explicit", "only", "-class", typeof(KilledWorker).FullName ?? ""])
        {
            Environment = { [Variable] = string.Join('|', api, folder, owner) },
            RedirectStandardOutput = true,
        };
        var process = new Process { StartInfo = start };
        process.Start();
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }

    [Fact(Explicit = true)]
    public async Task Works_until_it_is_killed()
    {
        if (Environment.GetEnvironmentVariable(Variable)?.Split('|') is not [var api, var folder, var owner])
        {
            return;
        }

        await using var work = new ObservedWork(new Uri(api), folder, owner);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(300));
        while (await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken))
        {
            work.Work(3);
            work.Complain("still there");
        }
    }
}
