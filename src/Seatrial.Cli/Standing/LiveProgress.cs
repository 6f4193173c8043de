using System.Globalization;
using Seatrial.Engine.Environments;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Seatrial.Cli.Standing;

/// <summary>A line a resource, redrawn in place until nothing moves any more.</summary>
internal sealed class LiveProgress : IProgressView
{
    private static readonly TimeSpan _betweenFrames = TimeSpan.FromMilliseconds(100);
    private static readonly string[] _spinner = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

    private readonly TimeProvider _clock;
    private readonly Lock _state = new();
    private readonly List<Row> _rows = [];
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _drawing;
    private int _frame;

    public LiveProgress(IAnsiConsole console, TimeProvider clock)
    {
        _clock = clock;
        _drawing = DrawAsync(console);
    }

    public void Report(EnvironmentEvent value)
    {
        lock (_state)
        {
            var at = _rows.FindIndex(row => row.Last.Kind == value.Kind && row.Last.Name == value.Name);
            if (at < 0)
            {
                _rows.Add(new Row(value, _clock.GetTimestamp()));
            }
            else
            {
                _rows[at] = _rows[at] with { Last = value };
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _drawing;
        _ended.Dispose();
    }

    private async Task DrawAsync(IAnsiConsole console) => await console.Live(Frame()).StartAsync(async live =>
    {
        while (!_ended.IsCancellationRequested)
        {
            live.UpdateTarget(Frame());
            await Task.Delay(_betweenFrames, _clock, _ended.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        live.UpdateTarget(Frame());
    });

    private Rows Frame()
    {
        lock (_state)
        {
            _frame++;
            var done = _rows.Count(row => ProgressWords.IsLast(row.Last));
            var lines = new List<IRenderable>
            {
                new Markup(string.Create(CultureInfo.InvariantCulture, $"[blue][[+]] {done}/{_rows.Count}[/]")),
            };
            lines.AddRange(_rows
                .OrderBy(row => row.Last.Kind)
                .ThenBy(row => row.Last.Name, StringComparer.Ordinal)
                .Select(Line));
            return new Rows(lines);
        }
    }

    private Markup Line(Row row)
    {
        var (mark, colour) = row.Last.State is ResourceState.Failed ? ("✗", "red")
            : ProgressWords.IsLast(row.Last) ? ("✓", "green")
            : (_spinner[_frame % _spinner.Length], "yellow");
        var seconds = ProgressWords.IsLast(row.Last)
            ? row.Last.Elapsed.TotalSeconds
            : _clock.GetElapsedTime(row.Began).TotalSeconds;
        var kind = row.Last.Kind.ToString();
        return new Markup(string.Create(
            CultureInfo.InvariantCulture,
            $" [{colour}]{mark}[/] {kind,-10}{Markup.Escape(row.Last.Name),-28} [{colour}]{Markup.Escape(ProgressWords.Of(row.Last)),-28}[/] [grey]{seconds,5:0.0} s[/]"));
    }

    private sealed record Row(EnvironmentEvent Last, long Began);
}
