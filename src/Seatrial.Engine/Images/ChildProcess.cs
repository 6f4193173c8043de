using System.ComponentModel;
using System.Diagnostics;

namespace Seatrial.Engine.Images;

/// <summary>A program that is run, watched, and, with all that it started, killed when the work is cancelled.</summary>
internal sealed record ChildProcess
{
    private const int Kept = 20;

    public required string Program { get; init; }

    public required IReadOnlyList<string> Arguments { get; init; }

    public required string WorkingFolder { get; init; }

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Runs to the end; what it writes goes to <paramref name="output"/> line by line.</summary>
    public async Task<ChildOutcome> RunAsync(Action<string> output, CancellationToken cancellationToken)
    {
        var tail = new Tail(output);
        using var process = Start();
        await WaitAsync(
            process,
            Task.WhenAll(tail.ReadAsync(process.StandardOutput), tail.ReadAsync(process.StandardError)),
            cancellationToken);
        return new ChildOutcome(process.ExitCode, tail.Lines);
    }

    /// <summary>
    /// Runs to the end while <paramref name="consume"/> reads its standard output; its errors are told line by line.
    /// </summary>
    public async Task<ChildOutcome> RunAsync(
        Func<Stream, Task> consume, Action<string> output, CancellationToken cancellationToken)
    {
        var tail = new Tail(output);
        using var process = Start();
        await WaitAsync(
            process,
            Task.WhenAll(
                ConsumeAsync(process.StandardOutput.BaseStream, consume), tail.ReadAsync(process.StandardError)),
            cancellationToken);
        return new ChildOutcome(process.ExitCode, tail.Lines);
    }

    /// <summary>
    /// A program whose output is not read to its end learns it from the closed pipe, and does not
    /// wait.
    /// </summary>
    private static async Task ConsumeAsync(Stream stream, Func<Stream, Task> consume)
    {
        await using (stream)
        {
            await consume(stream);
        }
    }

    private static async Task WaitAsync(Process process, Task reading, CancellationToken cancellationToken)
    {
        try
        {
            await reading.WaitAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }

            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Process Start()
    {
        var start = new ProcessStartInfo(Program, Arguments)
        {
            WorkingDirectory = WorkingFolder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        try
        {
#pragma warning disable RS0030 // The one place that runs programs: dotnet publish and mmdebstrap have no library form.
            var process = Process.Start(start) ?? throw new IOException($"{Program} did not start");
#pragma warning restore RS0030
            process.StandardInput.Close();
            return process;
        }
        catch (Win32Exception e)
        {
            throw new SeatrialException(
                ExitCode.Unavailable, $"{Program} can't be run: {e.Message}.", WorkingFolder,
                $"install {Program}, or put it on PATH.");
        }
    }

    /// <summary>The last lines of both streams in the order in which they came.</summary>
    private sealed class Tail(Action<string> output)
    {
        private readonly Queue<string> _lines = new();

        public IReadOnlyList<string> Lines
        {
            get
            {
                lock (_lines)
                {
                    return [.. _lines];
                }
            }
        }

        public async Task ReadAsync(StreamReader reader)
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                Add(line);
            }
        }

        private void Add(string line)
        {
            lock (_lines)
            {
                output(line);
                _lines.Enqueue(line);
                if (_lines.Count > Kept)
                {
                    _lines.Dequeue();
                }
            }
        }
    }
}

/// <summary>How a program ended, with the last lines that it wrote.</summary>
internal sealed record ChildOutcome(int ExitCode, IReadOnlyList<string> Output);
