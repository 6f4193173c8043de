using System.Diagnostics;
using System.Globalization;

namespace Seatrial.Trials.Tests;

/// <summary>A Docker Engine of a test's own, whose disk is a small one in memory.</summary>
internal sealed class SmallEngine : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("st-").FullName;
    private Process? _engine;
    private Task<string> _log = Task.FromResult("");

    public string Host => $"unix://{_folder}/sock";

    private string Disk => Path.Combine(_folder, "disk");

    /// <summary>Whether this machine lets one be started.</summary>
    public static bool IsPossible => Environment.IsPrivilegedProcess && File.Exists("/usr/sbin/dockerd");

    public static async Task<SmallEngine> StartAsync(int megabytes)
    {
        var engine = new SmallEngine();
        Directory.CreateDirectory(engine.Disk);
        await MustAsync("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", engine.Disk);

        // In a network of its own: an engine without a bridge removes docker0, which is the machine's engine's.
        engine._engine = Programs.Start(
            engine._folder, "unshare", "--net", "/usr/sbin/dockerd",
            "--data-root", engine.Disk, "--exec-root", $"{engine._folder}/exec", "--pidfile", $"{engine._folder}/pid",
            "--host", engine.Host, "--bridge=none", "--iptables=false");
        while (await engine._engine.StandardError.ReadLineAsync() is { } line)
        {
            if (line.Contains("API listen on", StringComparison.Ordinal))
            {
                engine._log = engine._engine.StandardError.ReadToEndAsync();
                return engine;
            }
        }

        await engine.DisposeAsync();
        throw new InvalidOperationException("The small engine did not start.");
    }

    public async ValueTask DisposeAsync()
    {
        if (_engine is { HasExited: false } engine)
        {
            // By a signal, so that it ends the containerd that it began.
            await Programs.RunAsync("/", "kill", engine.Id.ToString(CultureInfo.InvariantCulture));
            await engine.WaitForExitAsync();
            await _log;
        }

        _engine?.Dispose();
        await Programs.RunAsync("/", "umount", "--lazy", Disk);
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task MustAsync(string program, params string[] arguments)
    {
        var (exit, output) = await Programs.RunAsync("/", program, arguments);
        Assert.True(exit is 0, output);
    }
}
