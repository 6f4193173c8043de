using System.Globalization;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Runs;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Seatrial.Cli.Trials;

/// <summary>
/// The trial as it happens, redrawn in place: steps above, then each queue's progress, who holds what, and the faults.
/// </summary>
internal sealed class LiveView : ITrialView
{
    /// <summary>A terminal has only so many lines.</summary>
    private const int MostFaults = 8;

    private static readonly TimeSpan BetweenFrames = TimeSpan.FromMilliseconds(125);

    private readonly IAnsiConsole _console;
    private readonly TimeProvider _clock;
    private readonly long _began;
    private readonly Pace _pace;
    private readonly Lock _state = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly List<string> _lines = [];
    private readonly List<FaultRecord> _faults = [];
    private readonly Task _drawing;
    private string? _step;
    private long _stepBegan;
    private TrialProgress.CountsMoved? _counts;

    public LiveView(IAnsiConsole console, TimeProvider clock)
    {
        _console = console;
        _clock = clock;
        _began = clock.GetTimestamp();
        _pace = new Pace(clock);
        _drawing = DrawAsync();
    }

    public void Report(TrialProgress value)
    {
        lock (_state)
        {
            switch (value)
            {
                case TrialProgress.StepBegan began:
                    (_step, _stepBegan) = (began.Name, _clock.GetTimestamp());
                    break;
                case TrialProgress.StepEnded { Timing: var step }:
                    _step = _step == step.Name ? null : _step;
                    _lines.Add(
                        $"[green]✓[/] {Markup.Escape(step.Name)} [grey]{Seconds(step.Duration)} {Markup.Escape(step.Detail)}[/]");
                    break;
                case TrialProgress.Note note:
                    _lines.Add($"[grey]· {Markup.Escape(note.Text)}[/]");
                    break;
                case TrialProgress.FaultMoved { Fault: var fault }:
                    Replace(fault);
                    break;
                case TrialProgress.CountsMoved counts:
                    _counts = counts;
                    _pace.Add(counts.Queues);
                    break;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _drawing;
        _ended.Dispose();
    }

    private void Replace(FaultRecord fault)
    {
        var index = _faults.FindIndex(known => known.Name == fault.Name && known.Trigger == fault.Trigger);
        if (index < 0)
        {
            _faults.Add(fault);
        }
        else
        {
            _faults[index] = fault;
        }
    }

    private async Task DrawAsync() =>
        await _console.Live(Frame()).StartAsync(async live =>
        {
            while (!_ended.IsCancellationRequested)
            {
                live.UpdateTarget(Frame());
                await Task.Delay(BetweenFrames, _clock, _ended.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            live.UpdateTarget(Frame());
        });

    private Rows Frame()
    {
        lock (_state)
        {
            var rows = new List<IRenderable>(_lines.Select(line => new Markup(line)));
            if (_step is not null)
            {
                rows.Add(new Markup(
                    $"[yellow]…[/] {Markup.Escape(_step)} [grey]{Seconds(_clock.GetElapsedTime(_stepBegan))}[/]"));
            }

            if (_counts is not null)
            {
                rows.Add(Queues(_counts));
                rows.Add(Workers(_counts));
            }

            if (_faults.Count > MostFaults)
            {
                var earlier = _faults.SkipLast(MostFaults).ToList();
                rows.Add(new Markup(
                    $"[grey]⚡ {earlier.Count} before, {earlier.Count(fault => fault.Proven)} of them proven[/]"));
            }

            rows.AddRange(_faults.TakeLast(MostFaults).Select(fault => new Markup(
                $"[{Colour(fault)}]⚡ {Markup.Escape(FaultPhrases.Title(fault))}[/] [grey]{Markup.Escape(FaultPhrases.Stage(fault))}[/]")));
            return new Rows(rows);
        }
    }

    private Grid Queues(TrialProgress.CountsMoved counts)
    {
        var grid = new Grid().AddColumn().AddColumn().AddColumn(new GridColumn().RightAligned()).AddColumn();
        foreach (var queue in counts.Queues)
        {
            var part = queue.Expected == 0 ? 0 : (double)(queue.Done + queue.Dead) / queue.Expected;
            grid.AddRow(
                new Markup($"[bold]{Markup.Escape(queue.Queue)}[/]"),
                new Markup(Bar(part)),
                new Markup(string.Create(CultureInfo.InvariantCulture, $"{queue.Done:N0} / {queue.Expected:N0}")),
                new Markup(Waiting(queue)));
        }

        grid.AddRow(
            new Text(""),
            new Markup(string.Create(CultureInfo.InvariantCulture, $"{_pace.PerSecond:N0} records/s")),
            new Text(""),
            new Markup($"[grey]{Seconds(_clock.GetElapsedTime(_began))}[/]"));
        return grid;
    }

    private static Markup Workers(TrialProgress.CountsMoved counts) =>
        new(string.Join("   ", counts.Workers.Select(worker =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"[bold]{Markup.Escape(worker.Worker)}[/] [grey]holds {worker.Held:N0}, did {worker.Done:N0}[/]"))));

    private static string Waiting(QueueProgress queue)
    {
        var waiting = queue.Enqueued - queue.Done - queue.Dead;
        var dead = queue.Dead > 0 ? string.Create(CultureInfo.InvariantCulture, $" [red]{queue.Dead:N0} dead[/]") : "";
        return string.Create(CultureInfo.InvariantCulture, $"[grey]{waiting:N0} open[/]{dead}");
    }

    private static string Bar(double part)
    {
        const int Width = 30;
        var full = (int)Math.Round(Math.Clamp(part, 0, 1) * Width);
        return $"[green]{new string('━', full)}[/][grey]{new string('─', Width - full)}[/]";
    }

    private static string Colour(FaultRecord fault) => fault switch
    {
        { Failure: not null } => "red",
        { ConfirmedHealedAt: not null } => "green",
        { InjectedAt: not null } => "yellow",
        _ => "grey",
    };

    private static string Seconds(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");
}
