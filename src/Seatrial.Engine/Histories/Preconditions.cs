using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Histories;

/// <summary>Whether the log of this database can be the judge: pure, over what the catalogue said.</summary>
internal static class Preconditions
{
    private const int OldestVersion = 140_000;

    /// <summary>What the server itself lacks.</summary>
    public static IEnumerable<Problem> Of(ServerFacts server, string where)
    {
        if (server.VersionNumber < OldestVersion)
        {
            yield return Error(
                $"The server is PostgreSQL {server.Version}; the judge needs 14 or later.", where,
                    "Use a newer PostgreSQL.",
                "Earlier ones can't send the judge's own mark through the log.");
        }

        if (server.WalLevel != "logical")
        {
            yield return Error(
                $"wal_level is {server.WalLevel}; the judge needs logical.", where,
                "Start the server with -c wal_level=logical.",
                "Only then does the write-ahead log say which rows a transaction changed.");
        }

        if (server.FreeSlots < 1)
        {
            yield return Error(
                "No replication slot is free.", where, "Raise max_replication_slots, or drop slots that nobody reads.");
        }

        if (server.FreeSenders < 1)
        {
            yield return Error("No WAL sender is free.", where, "Raise max_wal_senders.");
        }

        if (!server.CanReplicate)
        {
            yield return Error(
                $"Role {server.Role} may not read the log.", where, $"Run: alter role {server.Role} replication.");
        }

        if (!server.CanCreatePublications)
        {
            yield return Error(
                $"Role {server.Role} may not create a publication in this database.", where,
                $"Run: grant create on database … to {server.Role}.");
        }
    }

    /// <summary>What stands against reading records from the queue table.</summary>
    public static IEnumerable<Problem> Of(QueueTable mapping, TableFacts table, string where)
    {
        foreach (var problem in OfAny(table, RelationLayout.ColumnsOf(mapping), where))
        {
            yield return problem;
        }

        if (!table.HasIdentity)
        {
            yield return Error(
                $"{table.QualifiedName} has no primary key and no replica identity.", where,
                $"Run: alter table {table.QualifiedName} replica identity full.",
                "PostgreSQL refuses updates of such a table as soon as the log is read, so the trial would break the system.");
        }
        else if (table.ReplicaIdentity is not 'f' && !table.IdentityColumns.Contains(mapping.Id))
        {
            yield return Error(
                $"{table.QualifiedName} tells rows apart by {string.Join(", ", table.IdentityColumns)}, not by {mapping.Id}.",
                where, $"Run: alter table {table.QualifiedName} replica identity full.",
                "A deletion would not say which record it was.");
        }

        if (mapping.LeaseUntil is { } lease && table.Columns.TryGetValue(lease, out var type)
            && !type.StartsWith("timestamp", StringComparison.Ordinal))
        {
            yield return Error(
                $"{table.QualifiedName}.{lease} is of type {type}, not a time.", where,
                "Map records.queue.lease_until to a timestamptz column, or leave it out.");
        }
        else if (mapping.LeaseUntil is { } zoneless
            && table.Columns.GetValueOrDefault(zoneless) == "timestamp without time zone")
        {
            yield return Warning(
                $"{table.QualifiedName}.{zoneless} has no time zone; the judge reads it as UTC.", where,
                "Make it timestamptz if the server does not keep UTC.");
        }
    }

    /// <summary>What stands against reading effects.</summary>
    public static IEnumerable<Problem> Of(EffectTable mapping, TableFacts table, string where)
    {
        foreach (var problem in OfAny(table, RelationLayout.ColumnsOf(mapping), where))
        {
            yield return problem;
        }

        string?[] identity = [mapping.Record, mapping.QueueName];
        foreach (var index in table.UniqueIndexes.Where(index => index.All(identity.Contains)))
        {
            yield return Warning(
                $"{table.QualifiedName} is unique by {string.Join(", ", index)}.", where,
                "Drop that constraint for the trial.",
                "It stops the second effect of a record, so the log can't show that a worker tried.");
        }

        if (!table.HasIdentity)
        {
            yield return Warning(
                $"{table.QualifiedName} has no primary key, so only its inserts are read.", where,
                "Give it a primary key if its rows must not be changed or deleted unseen.");
        }
    }

    /// <summary>A mapped table that is not there.</summary>
    public static Problem Missing(string table, IReadOnlyList<string> tables, string where) => Error(
        $"There is no table {table}.", where, "Name the right table in the mapping, or let the workers migrate first.",
        tables.Count == 0 ? "The database has no tables at all." : $"The database has {string.Join(", ", tables)}.");

    private static IEnumerable<Problem> OfAny(TableFacts table, Dictionary<string, ColumnRole> mapped, string where)
    {
        foreach (var column in mapped.Keys.Where(column => !table.Columns.ContainsKey(column)))
        {
            yield return Error(
                $"{table.QualifiedName} has no column {column}.", where, "Name the right column in the mapping.",
                $"It has {string.Join(", ", table.Columns.Keys)}.");
        }

        if (table.Kind is not ('r' or 'p'))
        {
            yield return Error($"{table.QualifiedName} is not a table.", where, "Map the table that holds the rows.");
        }

        if (table.Unlogged)
        {
            yield return Error(
                $"{table.QualifiedName} is unlogged.", where, $"Run: alter table {table.QualifiedName} set logged.",
                "The write-ahead log holds nothing of it.");
        }

        if (!table.Owned)
        {
            yield return Error(
                $"The judge's role does not own {table.QualifiedName}.", where,
                    "Connect as its owner or as a superuser.",
                "Only an owner may publish a table's changes.");
        }
    }

    private static Problem Error(string what, string where, string fix, string? why = null) =>
        new() { What = what, Where = where, Why = why, Fix = fix };

    private static Problem Warning(string what, string where, string fix, string? why = null) =>
        new() { Severity = Severity.Warning, What = what, Where = where, Why = why, Fix = fix };
}
