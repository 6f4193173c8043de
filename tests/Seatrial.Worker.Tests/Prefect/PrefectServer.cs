using System.Diagnostics;
using Seatrial.Worker.Prefect;
using Seatrial.Worker.Tests.Hosting;

namespace Seatrial.Worker.Tests.Prefect;

/// <summary>A real server as a process of its own, which tests start, kill and wipe.</summary>
public sealed class PrefectServer : IAsyncDisposable
{
    internal const string Authentication = "tester:secret";

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("seatrial-prefect-");
    private readonly int _port = TestWorker.FreePort();
    private Process? _process;

    internal Uri Api => new($"http://127.0.0.1:{_port}/api");

    /// <summary>Returns when it is ready; nothing happens when it runs.</summary>
    internal async Task StartAsync()
    {
        if (_process is { HasExited: false })
        {
            return;
        }

        var programs = await PrefectInstallation.ProgramsAsync();
        var start = new ProcessStartInfo(
            Path.Combine(programs, "prefect"), ["server", "start", "--host", "127.0.0.1", "--port", $"{_port}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["PREFECT_HOME"] = _home.FullName,
                ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false",
                ["PREFECT_SERVER_API_AUTH_STRING"] = Authentication,
                ["PREFECT_API_AUTH_STRING"] = Authentication,
                ["PREFECT_SERVER_UI_ENABLED"] = "false",
                ["PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE"] = "500",
                ["PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE"] = "500",
                ["PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL"] = "1",
            },
        };
        _process = new Process { StartInfo = start };
        _process.Start();
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using var client = Client();
        await Eventually.HoldsAsync(async () =>
        {
            Assert.False(_process.HasExited, "the server ended");
            await client.CheckReadyAsync(TestContext.Current.CancellationToken);
            return true;
        });
    }

    /// <summary>As a machine's end does.</summary>
    internal async Task KillAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
        }
    }

    /// <summary>Dead, and without a memory.</summary>
    internal async Task WipeAsync()
    {
        await KillAsync();
        foreach (var file in _home.EnumerateFiles("prefect.db*"))
        {
            file.Delete();
        }
    }

    internal PrefectClient Client() =>
        new(Api, Authentication, TimeSpan.FromSeconds(10), 1000, TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _home.Delete(recursive: true);
    }
}
