using System.Globalization;
using System.Text.RegularExpressions;
using Seatrial.Engine;
using Seatrial.Engine.Drivers;
using Seatrial.Engine.Standing;
using Spectre.Console;

namespace Seatrial.Cli.Standing;

/// <summary>Which lines are printed, and how.</summary>
internal sealed record LogChoice
{
    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset? Until { get; init; }

    /// <summary>How many of the last ones of each container; all where null.</summary>
    public int? Tail { get; init; }

    public bool Follow { get; init; }

    public bool Timestamps { get; init; }

    public bool NoPrefix { get; init; }

    /// <summary>Only lines that match.</summary>
    public Regex? Pattern { get; init; }
}

/// <summary>Prints what containers wrote, each line with its container's name.</summary>
internal sealed class LogPrinter(IContainerDriver driver, ProgramHost host) : IDisposable
{
    private static readonly Color[] _colours =
        [Color.Teal, Color.Yellow, Color.Green, Color.Fuchsia, Color.Blue, Color.Aqua, Color.Olive, Color.Lime];

    private static readonly TimeSpan _betweenLooks = TimeSpan.FromMilliseconds(300);

    private readonly SemaphoreSlim _writing = new(1);
    private readonly IAnsiConsole _console = Consoles.For(host);

    /// <summary>Those that there are, in the order of their times.</summary>
    public async Task PrintAsync(
        IReadOnlyList<StandingContainer> containers, LogChoice choice, CancellationToken cancellationToken)
    {
        var lines = await Task.WhenAll(containers.Select(async (container, index) =>
        {
            var own = new List<(LogLine Line, int Container)>();
            await foreach (var line in Logs.ReadAsync(container.State.Id, Query(choice), cancellationToken))
            {
                own.Add((line, index));
            }

            return own;
        }));
        var width = Width(containers);
        foreach (var (line, index) in lines.SelectMany(own => own).OrderBy(line => line.Line.At))
        {
            await WriteAsync(containers, index, width, line, choice);
        }
    }

    /// <summary>Those that there are, and those to come, as they come; ends when every container has.</summary>
    public Task FollowAsync(
        IReadOnlyList<StandingContainer> containers, LogChoice choice, CancellationToken cancellationToken)
    {
        var width = Width(containers);
        return Task.WhenAll(containers.Select(async (container, index) =>
        {
            await foreach (var line in Logs.ReadAsync(container.State.Id, Query(choice), cancellationToken))
            {
                await WriteAsync(containers, index, width, line, choice);
            }
        }));
    }

    /// <summary>
    /// What all containers of a project write from now on, those too that come or start again; ends when none runs,
    /// unless somebody starts them again.
    /// </summary>
    public async Task FollowAllAsync(
        Func<CancellationToken, Task<StandingProject>> observe, bool mayStartAgain, CancellationToken cancellationToken)
    {
        var began = host.Clock.GetUtcNow();
        var following = new Dictionary<string, Task>();
        while (true)
        {
            var running = (await observe(cancellationToken)).Containers.Where(one => one.State.Running).ToList();
            foreach (var container in running)
            {
                if (following.GetValueOrDefault(container.State.Id) is { IsCompleted: false })
                {
                    continue;
                }

                // What it wrote first may be older than the instant that its start is said to be.
                var since = container.State.EndedAt > began ? container.State.EndedAt : began;
                following[container.State.Id] = FollowAsync(
                    [container], new LogChoice { Since = since, Follow = true }, cancellationToken);
            }

            if (running.Count is 0 && !mayStartAgain)
            {
                await Task.WhenAll(following.Values);
                return;
            }

            await Task.Delay(_betweenLooks, host.Clock, cancellationToken);
        }
    }

    public void Dispose() => _writing.Dispose();

    private ICanReadLogs Logs => driver.Containers as ICanReadLogs ?? throw new SeatrialException(
        ExitCode.Unavailable, "This engine can't give the output of containers.", "engine", "Use a Docker Engine.");

    private static LogQuery Query(LogChoice choice) => new()
    {
        Since = choice.Since,
        Until = choice.Until,
        Tail = choice.Tail,
        Follow = choice.Follow,
    };

    private static int Width(IReadOnlyList<StandingContainer> containers) =>
        containers.Select(container => container.ShortName.Length).DefaultIfEmpty(0).Max();

    private async Task WriteAsync(
        IReadOnlyList<StandingContainer> containers, int index, int width, LogLine line, LogChoice choice)
    {
        if (choice.Pattern?.IsMatch(line.Text) is false)
        {
            return;
        }

        await _writing.WaitAsync();
        try
        {
            if (!choice.NoPrefix)
            {
                _console.Write(new Text(
                    $"{containers[index].ShortName.PadRight(width)} | ", new Style(_colours[index % _colours.Length])));
            }

            var stamp = choice.Timestamps
                ? line.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ ", CultureInfo.InvariantCulture)
                : "";

            // Past the console, which would wrap it.
            await host.Out.WriteLineAsync(stamp + line.Text);
            await host.Out.FlushAsync();
        }
        finally
        {
            _writing.Release();
        }
    }
}
