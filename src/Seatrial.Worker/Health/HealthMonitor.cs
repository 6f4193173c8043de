using System.Globalization;
using Microsoft.Extensions.Logging;
using Npgsql;
using Seatrial.Wire;
using Seatrial.Worker.Configuration;
using Seatrial.Worker.Processing;
using Seatrial.Worker.Recovery;

namespace Seatrial.Worker.Health;

/// <summary>Knows how the container is; asks the databases on its own beat, so that a probe costs nothing.</summary>
public sealed partial class HealthMonitor
{
    // A worker may miss two beats before it counts as cut off.
    private const int BeatsToForget = 3;

    private readonly ContainerConfig _config;
    private readonly IReadOnlyDictionary<string, NpgsqlDataSource> _databases;
    private readonly WorkerContext _context;
    private readonly ILogger _logger;
    private readonly TimeSpan _staleAfter;
    private HealthStatus _database;

    internal HealthMonitor(
        ContainerConfig config, IReadOnlyDictionary<string, NpgsqlDataSource> databases, WorkerContext context)
    {
        _config = config;
        _databases = databases;
        _context = context;
        _logger = context.Logger;
        _staleAfter = (config.HealthCheckConfig.Interval * BeatsToForget) + config.HealthCheckConfig.Timeout;
        _database = Status(HealthStatus.Unhealthy, "No database has been asked yet.", [], context.Time.GetTimestamp());
    }

    /// <summary>Runs each database's health query; unhealthy if one of them does not answer in time.</summary>
    public async Task<HealthStatus> CheckDatabaseHealthAsync(CancellationToken cancellationToken = default)
    {
        var began = _context.Time.GetTimestamp();
        var checks = await Task.WhenAll(
            _databases.Select(database => AskAsync(database.Key, database.Value, cancellationToken)))
            .ConfigureAwait(false);
        var details = checks.ToDictionary(check => check.Name, check => check.Answer);
        var away = checks.Where(check => !check.Answered).Select(check => check.Name).ToList();
        return away.Count == 0
            ? Status(HealthStatus.Healthy, "Every database answers.", details, began)
            : Status(HealthStatus.Unhealthy, $"No answer from {string.Join(", ", away)}.", details, began);
    }

    /// <summary>
    /// Whether work goes on: degraded when records are held for longer than a lease and none of them moves.
    /// </summary>
    public HealthStatus CheckApplicationHealth()
    {
        var began = _context.Time.GetTimestamp();
        var progress = _context.Progress;
        var held = _context.Held.Records;
        var idle = progress.SinceLastMove;
        var details = new Dictionary<string, string>
        {
            ["stage"] = progress.Stage.ToString().ToLowerInvariant(),
            ["held"] = Text(held),
            ["claimed"] = Text(progress.Claimed),
            ["ended"] = Text(progress.Ended),
            ["failed_attempts"] = Text(progress.Failed),
            ["stale"] = Text(progress.Stale),
            ["seconds_since_last_move"] = Text(Math.Round(idle.TotalSeconds, 3)),
        };
        return held > 0 && idle > _context.Config.Lease
            ? Status(
                HealthStatus.Degraded, $"{held} records are held, and none moved for {idle.TotalSeconds:F0} s.",
                details, began)
            : Status(HealthStatus.Healthy, $"{held} records are held, {progress.Ended} ended so far.", details, began);
    }

    /// <summary>
    /// What <c>/health</c> answers: the last beat's word on the databases, and the application's state of now.
    /// </summary>
    internal HealthReport Report()
    {
        var checks = new Dictionary<string, HealthStatus>
        {
            ["database"] = _database,
            ["application"] = CheckApplicationHealth(),
        };
        string[] worstFirst = [HealthStatus.Unhealthy, HealthStatus.Degraded, HealthStatus.Healthy];
        return new HealthReport
        {
            Status = worstFirst.First(status => checks.Values.Any(check => check.Status == status)),
            Flow = _config.FlowName,
            Owner = _context.Owner,
            Checks = checks,
        };
    }

    /// <summary>Whether the schema has been brought up to date.</summary>
    internal bool HasStarted => _context.Progress.Stage != WorkerStage.Starting;

    /// <summary>Null when records can be worked on now.</summary>
    internal string? NotReadyBecause()
    {
        var database = Volatile.Read(ref _database);
        var age = _context.Time.GetUtcNow() - database.Timestamp;
        return _context.Progress.Stage switch
        {
            WorkerStage.Starting => "starting: the schema is not up to date yet.",
            WorkerStage.Draining => "draining.",
            WorkerStage.Working when database.Status != HealthStatus.Healthy => database.Message,
            WorkerStage.Working when age > _staleAfter => $"the database was last asked {age.TotalSeconds:F1} s ago.",
            WorkerStage.Working => null,
        };
    }

    /// <summary>Asks the databases on each beat, until cancelled; logs changes, not polls.</summary>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_config.HealthCheckConfig.Interval, _context.Time);
        do
        {
            var before = _database;
            var now = await CheckDatabaseHealthAsync(cancellationToken).ConfigureAwait(false);
            Volatile.Write(ref _database, now);
            if (now.Status != before.Status)
            {
                var details = string.Join("; ", now.Details.Select(detail => $"{detail.Key}: {detail.Value}"));
                LogChange(before.Status, now.Status, now.Message, details);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
    }

    private async Task<(string Name, bool Answered, string Answer)> AskAsync(
        string name, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        var began = _context.Time.GetTimestamp();
        using var timeout = new CancellationTokenSource(_config.HealthCheckConfig.Timeout, _context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var command = database.CreateCommand(_config.DatabaseConnections[name].HealthCheckQuery);
            await command.ExecuteNonQueryAsync(either.Token).ConfigureAwait(false);
            return (name, true, FormattableString.Invariant(
                $"answered in {_context.Time.GetElapsedTime(began).TotalMilliseconds:F1} ms"));
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested
            && !cancellationToken.IsCancellationRequested)
        {
            return (name, false, $"no answer within {DurationText.Format(_config.HealthCheckConfig.Timeout)}");
        }
        catch (Exception e) when (DatabaseErrors.IsFromDatabase(e))
        {
            return (name, false, e.Message);
        }
    }

    private HealthStatus Status(string status, string message, Dictionary<string, string> details, long began) => new()
    {
        Status = status,
        Message = message,
        Details = details,
        Timestamp = _context.Time.GetUtcNow(),
        CheckDuration = _context.Time.GetElapsedTime(began).TotalSeconds,
    };

    private static string Text(IFormattable figure) => figure.ToString(null, CultureInfo.InvariantCulture);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Health of the databases went from {Before} to {Now}: {Reason} ({Details})")]
    private partial void LogChange(string before, string now, string reason, string details);
}
