using Npgsql;
using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Histories;

/// <summary>Asks whether this database's log can be the judge, and tells everything that stands against it.</summary>
internal sealed class LogInspection(LogDatabase database, RecordMapping mapping, string connectionString)
{
    /// <summary>What does not stop a trial.</summary>
    public IReadOnlyList<Problem> Warnings { get; private set; } = [];

    /// <summary>The database, for messages.</summary>
    public string Where
    {
        get
        {
            var target = new NpgsqlConnectionStringBuilder(connectionString);
            return $"database {target.Database} at {target.Host}:{target.Port}";
        }
    }

    /// <summary>Opens the direct connection.</summary>
    public async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await database.OpenAsync(cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            throw new SeatrialException(
                ExitCode.Unavailable,
                [
                    new Problem
                    {
                        What = $"The judge can't reach the database: {exception.Message}",
                        Where = Where,
                        Fix = "See that it runs, and that database.user and database.password are right.",
                    },
                ],
                exception);
        }
    }

    /// <summary>The mapped tables; throws with every problem.</summary>
    public async Task<TrialTables> InspectAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var problems = new List<Problem>(
            Preconditions.Of(await LogDatabase.ReadServerAsync(connection, cancellationToken), Where));
        var queue = await FindAsync(connection, mapping.Queue.Table, problems, cancellationToken);
        var effect = await FindAsync(connection, mapping.Effect.Table, problems, cancellationToken);
        problems.AddRange(queue is null ? [] : Preconditions.Of(mapping.Queue, queue, Where));
        problems.AddRange(effect is null ? [] : Preconditions.Of(mapping.Effect, effect, Where));
        Warnings = [.. problems.Where(problem => problem.Severity is Severity.Warning)];
        return queue is not null && effect is not null && Warnings.Count == problems.Count
            ? new TrialTables(mapping, queue, effect)
            : throw new SeatrialException(ExitCode.Usage, problems);
    }

    private async Task<TableFacts?> FindAsync(
        NpgsqlConnection connection, string table, List<Problem> problems, CancellationToken cancellationToken)
    {
        var facts = await LogDatabase.ReadTableAsync(connection, table, cancellationToken);
        if (facts is null)
        {
            problems.Add(
                Preconditions.Missing(table, await LogDatabase.ReadTablesAsync(connection, cancellationToken), Where));
        }

        return facts;
    }
}
