using Npgsql;
using Seatrial.Engine.Measurements.Latencies;

namespace Seatrial.Engine.Histories;

/// <summary>
/// Records the write-ahead log of a trial: from a permanent slot into the history file, with live counts on the way.
/// </summary>
public sealed class WalRecorder : IAsyncDisposable
{
    private static readonly TimeSpan CleanUpWithin = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan RetryMark = TimeSpan.FromMilliseconds(500);

    private readonly WalRecorderOptions _options;
    private readonly LogDatabase _database;
    private readonly LogInspection _inspection;
    private readonly LiveView _view;
    private readonly CancellationTokenSource _stop = new();
    private readonly LogMarks _marks = new();
    private Recording? _recording;
    private volatile string? _lastMark;
    private bool _endSeen;
    private int _soundings;

    private WalRecorder(WalRecorderOptions options)
    {
        _options = options;
        _database = new LogDatabase(options.ConnectionString);
        _inspection = new LogInspection(_database, options.Mapping, options.ConnectionString);
        _view = new LiveView(options.Mapping.Stages);
    }

    /// <summary>What does not stop a trial but should be known.</summary>
    public IReadOnlyList<Problem> Warnings { get; private set; } = [];

    /// <summary>How far the log has come.</summary>
    public LiveCounts Counts => _view.Counts;

    /// <summary>How fast records come and get done.</summary>
    public Recovery.IPace Pace => _view.Pace;

    /// <summary>
    /// Begins. When it returns, everything that commits from now on will be in the history. Throws <see
    /// cref="SeatrialException"/> with every problem that stands against it.
    /// </summary>
    public static async Task<WalRecorder> StartAsync(WalRecorderOptions options, CancellationToken cancellationToken)
    {
        TrialSlot.CheckName(options.Slot, options.Folder);
        var recorder = new WalRecorder(options);
        try
        {
            await recorder.BeginAsync(cancellationToken);
            return recorder;
        }
        catch
        {
            await recorder.DisposeAsync();
            throw;
        }
    }

    /// <summary>True once the condition holds, looked at as events arrive; false when the history ended before. The
    /// condition is called often and must be quick.</summary>
    public Task<bool> WaitUntilAsync(Func<LiveCounts, bool> condition, CancellationToken cancellationToken) =>
        _view.WaitUntilAsync(condition, isUrgent: false, cancellationToken);

    /// <summary>The same for what may be over in a moment, as a record's being held: the log is read without delay as
    /// long as it is waited for, which costs the watched system more.</summary>
    public Task<bool> CatchAsync(Func<LiveCounts, bool> condition, CancellationToken cancellationToken) =>
        _view.WaitUntilAsync(condition, isUrgent: true, cancellationToken);

    /// <summary>From now on each event goes to what measures, too; null ends that.</summary>
    public void Measure(LiveLatencies? latencies) => _view.Latencies = latencies;

    /// <summary>Ends when all that had committed at the call is in <see cref="Counts"/>, or when the log can't be read
    /// on.</summary>
    public async Task SoundAsync(CancellationToken cancellationToken)
    {
        if (_recording is not { } recording)
        {
            return;
        }

        var mark = $"sounding {Interlocked.Increment(ref _soundings)} of {_options.Slot}";
        var seen = _marks.AwaitAsync(mark);
        await using var connection = await _database.OpenAsync(cancellationToken);
        await TableCounting.MarkAsync(connection, mark, cancellationToken);
        await Task.WhenAny(seen, recording.Reading).WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Ends the history: counts the tables, writes a mark into the log, reads until it arrives, closes the file. What
    /// went wrong on the way is in the result's gaps; the token only cuts the waiting short.
    /// </summary>
    public async Task<HistoryEnd> StopAsync(CancellationToken cancellationToken)
    {
        var recording = _recording ?? throw new InvalidOperationException("The recorder is not running.");
        _recording = null;
        var (counts, failure) = await EndOfLogAsync(recording, cancellationToken);
        var gap = await recording.Reading ?? failure;
        var end = new HistoryEnd
        {
            Gaps = gap is null ? [] : [gap],
            MarkSeen = _endSeen,
            ReadUpTo = LogPositions.Format(recording.Decoder.ReadUpTo),
            Ignored = recording.Decoder.Rows.Ignored,
            Reconnects = recording.Stream.Reconnects,
            Tables = counts,
        };
        _view.End(gap);
        end = await CloseAsync(recording.File, end);
        await CleanUpAsync(recording.Slot);
        return end;
    }

    /// <summary>Gives up what is running: the file keeps what it has, without an end.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_recording is { } recording)
        {
            _recording = null;
            await recording.Reading;
            await recording.File.DisposeAsync();
            await CleanUpAsync(recording.Slot);
        }

        _stop.Dispose();
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        await using var connection = await _inspection.ConnectAsync(cancellationToken);
        var tables = await _inspection.InspectAsync(connection, cancellationToken);
        Warnings = _inspection.Warnings;
        var slot = new TrialSlot(_database, _options.ConnectionString, _options.Slot, _options.Clock);
        try
        {
            _recording = await RecordAsync(connection, tables, slot, cancellationToken);
        }
        catch
        {
            await CleanUpAsync(slot);
            throw;
        }
    }

    private async Task<Recording> RecordAsync(
        NpgsqlConnection connection, TrialTables tables, TrialSlot slot, CancellationToken cancellationToken)
    {
        var seeds = new List<(RowState Row, ulong Position, long At)>();
        var from = await slot.CreateAsync(
            connection, tables, (row, position, at) => seeds.Add((row, position, at)), cancellationToken);
        var file = BlockFileWriter.Create(
            Path.Combine(_options.Folder, EvidenceFiles.History),
            new HistoryHeader
            {
                Mapping = _options.Mapping,
                Server = $"PostgreSQL {connection.ServerVersion}",
                Slot = slot.Name,
                From = LogPositions.Format(from),
            });
        var sink = new EvidenceSink(file, _view, _options.Clock);
        var mapped = new MappedTables(_options.Mapping, tables.Queue.Oid, tables.Effect.Oid);
        var decoder = new WalDecoder(mapped, sink.Add);
        foreach (var (row, position, at) in seeds)
        {
            decoder.Rows.Seed(row, position, at);
        }

        var stream = new WalStream(slot, _options.ConnectionString, decoder, sink, _options.Clock)
        {
            Socket = await ServerSocket.FindAsync(_options, connection, cancellationToken),
        };
        return new Recording(file, slot, tables, decoder, stream) { Reading = ReadAsync(stream, decoder, from) };
    }

    /// <summary>A file that can't be closed has no end, and will be judged as torn.</summary>
    private static async Task<HistoryEnd> CloseAsync(BlockFileWriter file, HistoryEnd end)
    {
        await using (file)
        {
            try
            {
                await file.CompleteAsync(end);
                return end;
            }
            catch (IOException exception)
            {
                return end with { Gaps = [.. end.Gaps, $"the history can't be closed: {exception.Message}"] };
            }
        }
    }

    private async Task<(TableCounts? Counts, string? Failure)> EndOfLogAsync(
        Recording recording, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_options.EndWithin, _options.Clock);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return (await MarkAsync(recording, bounded.Token), null);
        }
        catch (OperationCanceledException)
        {
            return (null, cancellationToken.IsCancellationRequested
                ? "it was interrupted before the end of the log arrived"
                : $"the end of the log did not arrive within {_options.EndWithin.TotalSeconds:0} s");
        }
        finally
        {
            await _stop.CancelAsync();
        }
    }

    /// <summary>Reads to the end; the reason when that comes too early, else null.</summary>
    private async Task<string?> ReadAsync(WalStream stream, WalDecoder decoder, ulong from)
    {
        try
        {
            await stream.RunAsync(from, () => IsLast(decoder.Marker), _stop.Token);
            return null;
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return null;
        }
        catch (HistoryGapException gap)
        {
            _view.End(gap.Message);
            return gap.Message;
        }
    }

    /// <summary>The history ends at its last mark, where the tables were counted, whatever workers still do.</summary>
    private bool IsLast(string? mark)
    {
        _marks.See(mark);
        return mark is not null && mark == _lastMark;
    }

    /// <summary>Counts, marks and waits for the mark, again and again while the database can't be reached.</summary>
    private async Task<TableCounts?> MarkAsync(Recording recording, CancellationToken cancellationToken)
    {
        for (var attempt = 1; !recording.Reading.IsCompleted; attempt++)
        {
            try
            {
                await using var connection = await _database.OpenAsync(cancellationToken);
                var mark = $"end of {_options.Slot}, attempt {attempt}";
                _lastMark = mark;
                var seen = _marks.AwaitAsync(mark);
                var counts = await TableCounting.CountAndMarkAsync(
                    connection, recording.Tables, mark, cancellationToken);
                await Task.WhenAny(seen, recording.Reading).WaitAsync(cancellationToken);
                _endSeen = seen.IsCompletedSuccessfully;
                return counts;
            }
            catch (NpgsqlException)
            {
                await Task.Delay(RetryMark, _options.Clock, cancellationToken);
            }
        }

        return null;
    }

    /// <summary>A slot left behind would fill the server's disk; but a server that is gone took it along.</summary>
    private async Task CleanUpAsync(TrialSlot slot)
    {
        using var bounded = new CancellationTokenSource(CleanUpWithin, _options.Clock);
        try
        {
            await slot.DropAsync(bounded.Token);
        }
        catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException)
        {
            Warnings =
            [
                .. Warnings,
                new Problem
                {
                    Severity = Severity.Warning,
                    What = $"Replication slot {slot.Name} may be left behind: {exception.Message}",
                    Where = _inspection.Where,
                    Fix = $"Unless the database is thrown away, run: select pg_drop_replication_slot('{slot.Name}').",
                },
            ];
        }
    }

    private sealed record Recording(
        BlockFileWriter File, TrialSlot Slot, TrialTables Tables, WalDecoder Decoder, WalStream Stream)
    {
        /// <summary>Ends with the reason why the log can't be read on, or null.</summary>
        public required Task<string?> Reading { get; init; }
    }
}
