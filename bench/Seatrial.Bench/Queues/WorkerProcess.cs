using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Seatrial.Bench.Queues;

/// <summary>
/// A worker in a process of its own, so that it can be killed: this program, called with <c>worker</c>.
/// </summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process _process;

    private WorkerProcess(Process process) => _process = process;

    public long Resident
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public static WorkerProcess Start(BenchDatabase database, int port, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath ?? "Seatrial.Bench", ["worker"])
        {
            RedirectStandardOutput = true,
            Environment =
            {
                ["CONTAINER_FLOW_NAME"] = "bench",
                ["CONTAINER_DATABASE_CONNECTIONS__QUEUE__CONNECTION_STRING"] = database.ConnectionString,
                ["CONTAINER_HEALTH_CHECK_CONFIG__PORT"] = $"{port}",
            },
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException("The worker does not start.");
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return new WorkerProcess(process);
    }

    public void Kill() => _process.Kill();

    /// <summary>By SIGTERM; returns how long it took, and fails when the exit code is not 0.</summary>
    public async Task<TimeSpan> StopAsync()
    {
        var began = Stopwatch.GetTimestamp();
        _ = SendSignal(_process.Id, signal: 15);
        await _process.WaitForExitAsync();
        return _process.ExitCode == 0
            ? Stopwatch.GetElapsedTime(began)
            : throw new InvalidOperationException($"The worker ended with exit code {_process.ExitCode}.");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int process, int signal);
}
