using System.Diagnostics;
using Seatrial.Testing;

namespace Seatrial.Bench.Environments;

/// <summary>Programs that bring Compose files up.</summary>
internal static class Programs
{
    /// <summary>Built by <c>./seatrial</c>.</summary>
    public static (string[] Up, string[] Down) Seatrial(string file, string project)
    {
        var program = Repository.PathOf("artifacts/seatrial/seatrial");
        return (
            [program, "up", file, "--project-name", project, "--detach", "--no-build", "--progress", "quiet"],
            [program, "down", file, "--project-name", project, "--volumes", "--progress", "quiet"]);
    }

    /// <summary>1.29, in Python, as Debian has it.</summary>
    public static (string[] Up, string[] Down) DockerCompose(string file, string project) => (
        ["docker-compose", "--file", file, "--project-name", project, "up", "--detach"],
        ["docker-compose", "--file", file, "--project-name", project, "down", "--volumes"]);

    public static async Task<string> RunAsync(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException($"{command[0]} does not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException(
                $"{string.Join(' ', command)}: exit code {process.ExitCode}: {errors}");
    }
}
