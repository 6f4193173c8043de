using System.Collections;
using Seatrial.Engine;
using Seatrial.Engine.Drivers;

namespace Seatrial.Cli;

/// <summary>The program's entrance.</summary>
public static class Program
{
    private static async Task<int> Main(string[] args)
    {
        var host = OfThisProcess();
        using var interruption = new Interruption(host.Clock);
        return await RunAsync(args, host, interruption.Token);
    }

    /// <summary>Runs one command line and returns its exit code; nothing is thrown.</summary>
    public static async Task<int> RunAsync(string[] args, ProgramHost host, CancellationToken cancellationToken)
    {
        try
        {
            return await CommandLine.InvokeAsync(args, host, cancellationToken);
        }
        catch (SeatrialException problem)
        {
            foreach (var one in problem.Problems)
            {
                await host.Error.WriteLineAsync(one.ToString());
            }

            return (int)problem.ExitCode;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await host.Error.WriteLineAsync("interrupted");
            return (int)ExitCode.Interrupted;
        }
        catch (IOException full) when (DiskFull.Is(full))
        {
            await host.Error.WriteLineAsync(DiskFull.Problem(full).ToString());
            return (int)ExitCode.Unavailable;
        }
#pragma warning disable CA1031 // Main: what nobody foresaw is our own bug, and is told as one.
        catch (Exception bug)
#pragma warning restore CA1031
        {
            await host.Error.WriteLineAsync($"error: A bug in seatrial, please report it with this text.\n{bug}");
            return (int)ExitCode.Software;
        }
    }

    private static ProgramHost OfThisProcess() => new()
    {
        Out = Console.Out,
        Error = Console.Error,
        Streams = new ExecStreams(
            Console.OpenStandardInput(), Console.OpenStandardOutput(), Console.OpenStandardError()),
        Interactive = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb"),
        HasKeyboard = !Console.IsInputRedirected,
        Height = Console.IsOutputRedirected ? 25 : Math.Max(5, Console.WindowHeight),
        Width = Console.IsOutputRedirected ? 120 : Math.Max(40, Console.WindowWidth),
        Environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? ""),
        Directory = Environment.CurrentDirectory,
        Clock = TimeProvider.System,
    };
}
