using System.Reflection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Seatrial.Wire;

namespace Seatrial.Worker.Processing;

/// <summary>
/// Brings a schema up to date from an assembly's embedded <c>schema/*.sql</c>, each once, in the order of their names.
/// Workers that start together wait for one another on an advisory lock.
/// </summary>
internal sealed partial class SchemaMigrator(NpgsqlDataSource dataSource, ILogger logger)
{
    private const string Folder = "schema/";

    // Any number will do that no other program uses on the same database: "seatrial" in ASCII.
    private const long LockKey = 0x7365617472_69616C;

    /// <summary>Applies what is missing, and returns how many files that were.</summary>
    public async Task<int> MigrateAsync(Assembly source, CancellationToken cancellationToken)
    {
        var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var rollback = transaction.ConfigureAwait(false);
        await ExecuteAsync(
            connection, $"select pg_advisory_xact_lock({LockKey})", cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(
            connection,
            $"""
            create schema if not exists {QueueSchema.Schema};
            create table if not exists {QueueSchema.Migrations} (
                source text not null, name text not null, applied_at timestamptz not null default now(),
                primary key (source, name))
            """,
            cancellationToken).ConfigureAwait(false);

        var sourceName = source.GetName().Name ?? "";
        var applied = await AppliedAsync(connection, sourceName, cancellationToken).ConfigureAwait(false);
        var missing = source.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal) && !applied.Contains(name))
            .Order(StringComparer.Ordinal)
            .ToList();
        foreach (var name in missing)
        {
            await ExecuteAsync(connection, Content(source, name), cancellationToken).ConfigureAwait(false);
            using var insert = new NpgsqlCommand(
                $"insert into {QueueSchema.Migrations} (source, name) values ($1, $2)", connection)
            {
                Parameters = { new() { Value = sourceName }, new() { Value = name } },
            };
            await insert.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        foreach (var name in missing)
        {
            LogApplied(sourceName, name);
        }

        return missing.Count;
    }

    private static async Task<HashSet<string>> AppliedAsync(
        NpgsqlConnection connection, string source, CancellationToken cancellationToken)
    {
        using var command = new NpgsqlCommand(
            $"select name from {QueueSchema.Migrations} where source = $1", connection)
        {
            Parameters = { new() { Value = source } },
        };
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = reader.ConfigureAwait(false);
        var applied = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            applied.Add(reader.GetString(0));
        }

        return applied;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static string Content(Assembly source, string name)
    {
        using var stream = source.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{source} lost its resource {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Applied migration {Name} of {Source}.")]
    private partial void LogApplied(string source, string name);
}
