using System.Diagnostics;
using Seatrial.Testing;

namespace Seatrial.Worker.Tests.Prefect;

/// <summary>
/// A real Prefect in a virtual environment, installed once for all test processes of this folder: from the wheels that
/// <c>PIP_FIND_LINKS</c> names, or from the index.
/// </summary>
internal static class PrefectInstallation
{
    private static readonly string[] _wheelFolders =
        [Environment.GetEnvironmentVariable("PIP_FIND_LINKS") ?? "", Repository.PathOf("../shared/prefect/wheels")];

    private static readonly Lazy<Task<string?>> _folder = new(InstallAsync);

    /// <summary>The folder with its programs; without one the test is skipped.</summary>
    public static async Task<string> ProgramsAsync()
    {
        var folder = await _folder.Value.WaitAsync(TestContext.Current.CancellationToken);
        Assert.SkipWhen(
            folder is null,
            "No Prefect: neither PIP_FIND_LINKS nor ../shared/prefect/wheels holds its wheels, and no index gave it.");
        return Path.Combine(folder ?? "", "bin");
    }

    private static async Task<string?> InstallAsync()
    {
        var folder = Repository.PathOf("artifacts/prefect-3.8.8");
        var mark = Path.Combine(folder, "complete");
        Directory.CreateDirectory(folder);
        await using var only = await LockAsync(Path.Combine(folder, "lock"));
        if (File.Exists(mark))
        {
            return folder;
        }

        var wheels = _wheelFolders.FirstOrDefault(
            path => Directory.Exists(path) && Directory.EnumerateFiles(path, "prefect-3.8.8-*.whl").Any());
        string[] source = wheels is null
            ? ["--timeout", "5", "--retries", "0"] : ["--no-index", "--find-links", wheels];
        var requirements = Repository.PathOf("systems/rpa/prefect/requirements.txt");
        var isInstalled = await RunAsync("python3", "-m", "venv", folder)
            && await RunAsync(
                Path.Combine(folder, "bin/pip"), ["install", "--quiet", .. source, "--requirement", requirements]);
        if (!isInstalled)
        {
            return null;
        }

        await File.WriteAllTextAsync(mark, "");
        return folder;
    }

    private static async Task<FileStream> LockAsync(string file)
    {
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                // Another test process installs.
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
            }
        }
    }

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        using var process = new Process { StartInfo = new ProcessStartInfo(program, arguments) };
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }

        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
