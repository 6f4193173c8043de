using Seatrial.Engine.Text;
using Seatrial.Engine.Trends;

namespace Seatrial.Engine.Runs;

/// <summary>
/// The runs of a folder, in one SQLite file that several programs may use at once. It is for looking back: a verdict
/// depends on it only where a threshold asks for earlier runs, and then on the copy that is kept with the run.
/// </summary>
public sealed class RunStore : IDisposable
{
    /// <summary>The file, below the folder that a command is given in.</summary>
    public const string Name = ".seatrial/runs.db";

    /// <summary>In place of an id: the newest run.</summary>
    public const string Last = "last";

    private const string Insert = $"""
        insert or replace into runs ({RunRows.Columns})
        values ($id, $system, $suite, $seed, $started_at, $duration, $verdict, $stopped_because, $records,
            $version, $machine, $images, $folder, $command, $load)
        """;

    private readonly StoreFile _file;

    private RunStore(StoreFile file) => _file = file;

    /// <summary>Opens the store of a folder, and makes it where there is none.</summary>
    /// <exception cref="SeatrialException">It can't be made, is broken, locked, or of a newer version.</exception>
    public static RunStore Open(string directory) => new(StoreFile.Open(Path.Combine(directory, Name)));

    /// <summary>The store of a folder; null where nothing was kept yet.</summary>
    /// <exception cref="SeatrialException">It is broken, is locked, or is of a newer version.</exception>
    public static RunStore? OpenKept(string directory)
    {
        var path = Path.Combine(directory, Name);
        return File.Exists(path) ? new RunStore(StoreFile.Open(path)) : null;
    }

    /// <summary>Keeps a run and the seconds that it is compared by; one of the same id is replaced.</summary>
    public void Add(RunEntry run, IReadOnlyList<StageSeconds> stages) => _file.Write(() =>
    {
        _file.Execute(Insert, RunRows.Values(run));
        _file.Execute("delete from metrics where run = $run", ("$run", run.Id));
        _file.Execute("delete from seconds where run = $run", ("$run", run.Id));
        foreach (var metric in run.Metrics)
        {
            _file.Execute(
                "insert or replace into metrics (run, name, value, count) values ($run, $name, $value, $count)",
                ("$run", run.Id), ("$name", metric.Name), ("$value", metric.Value), ("$count", metric.Count));
        }

        foreach (var stage in stages)
        {
            _file.Execute(
                "insert or replace into seconds (run, stage, length, data) values ($run, $stage, $length, $data)",
                ("$run", run.Id), ("$stage", stage.Stage), ("$length", stage.Length), ("$data", stage.Pack()));
        }
    });

    /// <summary>All runs, the oldest first; of one system where it is named.</summary>
    public IReadOnlyList<RunEntry> List(string? system = null)
    {
        var metrics = _file.Query(
            "select run, name, value, count from metrics order by rowid",
            row => (Run: row.GetString(0), Metric: new RunMetric(row.GetString(1), row.GetDouble(2), row.GetInt64(3))))
            .ToLookup(row => row.Run, row => row.Metric);
        return
        [
            .. _file.Query(
                $"select {RunRows.Columns} from runs where $system is null or system = $system order by started_at, id",
                RunRows.Read,
                ("$system", system))
                .Select(run => run with { Metrics = [.. metrics[run.Id]] }),
        ];
    }

    /// <summary>The run of an id, of the beginning of one, or of its folder's name.</summary>
    /// <exception cref="SeatrialException">There is none, or more than one.</exception>
    public RunEntry Find(string id)
    {
        var runs = List();
        if (id == Last && runs is [.., var last])
        {
            return last;
        }

        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(id));
        var found = runs.Where(run => run.Id == name).ToList();
        found = found.Count > 0 || name.Length == 0
            ? found : [.. runs.Where(run => run.Id.StartsWith(name, StringComparison.Ordinal))];
        return found switch
        {
            [var one] => one,
            [] => throw new SeatrialException(
                ExitCode.Usage,
                $"There is no run {id} in the store.",
                _file.Path,
                Suggestions.DidYouMean(name, runs.Select(run => run.Id))
                    + "`seatrial runs` lists those that are kept."),
            _ => throw new SeatrialException(
                ExitCode.Usage,
                $"{found.Count} runs begin with {id}: {string.Join(", ", found.Take(3).Select(run => run.Id))}"
                    + $"{(found.Count > 3 ? ", …" : "")}.",
                _file.Path,
                "Give more of the id."),
        };
    }

    /// <summary>The last run before one that did the same on the same kind of machine, and passed; null without
    /// one.</summary>
    public RunEntry? LastGoodBefore(RunEntry run) => GoodBefore(run) is [.., var last] ? last : null;

    /// <summary>Every run before one that did the same on the same kind of machine, and passed.</summary>
    public IReadOnlyList<RunEntry> GoodBefore(RunEntry run) =>
    [
        .. List(run.System).Where(other => other.Verdict is Checks.Verdict.Pass && other.IsLike(run)
            && other.StartedAt < run.StartedAt && other.Metrics.Count > 0),
    ];

    /// <summary>What a run is compared by; without its seconds where they were not kept.</summary>
    /// <exception cref="SeatrialException">They are damaged.</exception>
    public RunMeasurements Measurements(RunEntry run)
    {
        try
        {
            return new RunMeasurements
            {
                Metrics = run.Metrics,
                Stages = _file.Query(
                    "select stage, length, data from seconds where run = $run order by rowid",
                    row => StageSeconds.Unpack(row.GetString(0), row.GetDouble(1), row.GetFieldValue<byte[]>(2)),
                    ("$run", run.Id)),
            };
        }
        catch (InvalidDataException damage)
        {
            throw _file.Broken(damage);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
