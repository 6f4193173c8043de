using System.Diagnostics;

namespace Seatrial.Trials.Tests;

/// <summary>Runs programs as a user would.</summary>
internal static class Programs
{
    /// <summary>Runs one to its end and returns its exit code and all that it said.</summary>
    public static async Task<(
        int Exit, string Output)> RunAsync(string folder, string program, params string[] arguments)
    {
        using var process = Start(folder, program, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    /// <summary>Starts one whose output the caller reads.</summary>
    public static Process Start(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
#pragma warning disable RS0030 // The launcher, compilers and killed programs can only be tried as processes.
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
#pragma warning restore RS0030
    }
}
