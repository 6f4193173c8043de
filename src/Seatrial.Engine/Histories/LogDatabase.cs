using Npgsql;

namespace Seatrial.Engine.Histories;

/// <summary>What the judge asks the database before it starts, and what it finds.</summary>
internal sealed record ServerFacts
{
    public required int VersionNumber { get; init; }

    public required string Version { get; init; }

    public required string WalLevel { get; init; }

    public required long FreeSlots { get; init; }

    public required long FreeSenders { get; init; }

    public required string Role { get; init; }

    public required bool CanReplicate { get; init; }

    public required bool CanCreatePublications { get; init; }
}

/// <summary>A mapped table as the catalogue has it.</summary>
internal sealed record TableFacts
{
    public required uint Oid { get; init; }

    /// <summary>Schema and name, quoted as SQL needs them.</summary>
    public required string QualifiedName { get; init; }

    /// <summary><c>r</c> a table, <c>p</c> a partitioned one.</summary>
    public required char Kind { get; init; }

    public required bool Unlogged { get; init; }

    /// <summary><c>d</c> primary key, <c>i</c> an index, <c>f</c> the whole row, <c>n</c> nothing.</summary>
    public required char ReplicaIdentity { get; init; }

    /// <summary>Whether the role may publish it.</summary>
    public required bool Owned { get; init; }

    /// <summary>Types by column.</summary>
    public required IReadOnlyDictionary<string, string> Columns { get; init; }

    /// <summary>
    /// The columns that an update or delete names the row by; empty when there is none but the whole row.
    /// </summary>
    public required IReadOnlyList<string> IdentityColumns { get; init; }

    /// <summary>Columns of each unique index.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> UniqueIndexes { get; init; }

    /// <summary>Whether changes and deletions of its rows can be in the log without breaking the writers.</summary>
    public bool HasIdentity => ReplicaIdentity is 'f' || IdentityColumns.Count > 0;
}

/// <summary>Reads the catalogue over a direct connection.</summary>
internal sealed class LogDatabase(string connectionString)
{
    private const string ServerSql =
        """
        select current_setting('server_version_num')::int, current_setting('server_version'), current_setting('wal_level'),
               current_setting('max_replication_slots')::bigint - (select count(*) from pg_replication_slots),
               current_setting('max_wal_senders')::bigint - (select count(*) from pg_stat_replication),
               current_user::text, rolsuper or rolreplication, has_database_privilege(current_database(), 'CREATE')
        from pg_roles where rolname = current_user
        """;

    private const string TableSql =
        """
        select c.oid, format('%I.%I', n.nspname, c.relname), c.relkind, c.relpersistence = 'u', c.relreplident,
               pg_has_role(c.relowner, 'USAGE'),
               array(select attname::text from pg_attribute a where a.attrelid = c.oid and attnum > 0 and not attisdropped
                     order by attnum),
               array(select atttypid::regtype::text from pg_attribute a
                     where a.attrelid = c.oid and attnum > 0 and not attisdropped order by attnum),
               array(select a.attname::text from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey)
                     where i.indrelid = c.oid
                       and (c.relreplident = 'd' and i.indisprimary or c.relreplident = 'i' and i.indisreplident)),
               array(select (select string_agg(a.attname::text, chr(31)) from pg_attribute a
                             where a.attrelid = c.oid and a.attnum = any(i.indkey))
                     from pg_index i where i.indrelid = c.oid and i.indisunique and i.indpred is null and i.indexprs is null)
        from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = to_regclass(@table)
        """;

    private const string TablesSql =
        """
        select format('%I.%I', schemaname, tablename) from pg_tables
        where schemaname not in ('pg_catalog', 'information_schema') order by 1 limit 20
        """;

    /// <summary>A session of the judge's own.</summary>
    public Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) =>
        DirectSession.OpenAsync(connectionString, "seatrial judge", cancellationToken);

    public static async Task<ServerFacts> ReadServerAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(ServerSql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new ServerFacts
        {
            VersionNumber = reader.GetInt32(0),
            Version = reader.GetString(1),
            WalLevel = reader.GetString(2),
            FreeSlots = reader.GetInt64(3),
            FreeSenders = reader.GetInt64(4),
            Role = reader.GetString(5),
            CanReplicate = reader.GetBoolean(6),
            CanCreatePublications = reader.GetBoolean(7),
        };
    }

    /// <summary>Null when there is no such table.</summary>
    public static async Task<TableFacts?> ReadTableAsync(
        NpgsqlConnection connection, string table, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(TableSql, connection);
        command.Parameters.AddWithValue("table", table);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            return null;
        }

        var names = reader.GetFieldValue<string[]>(6);
        var types = reader.GetFieldValue<string[]>(7);
        return new TableFacts
        {
            Oid = reader.GetFieldValue<uint>(0),
            QualifiedName = reader.GetString(1),
            Kind = reader.GetChar(2),
            Unlogged = reader.GetBoolean(3),
            ReplicaIdentity = reader.GetChar(4),
            Owned = reader.GetBoolean(5),
            Columns =
                names.Zip(types).ToDictionary(column => column.First, column => column.Second, StringComparer.Ordinal),
            IdentityColumns = reader.GetFieldValue<string[]>(8),
            UniqueIndexes = [.. reader.GetFieldValue<string[]>(9).Select(columns => columns.Split('\u001f'))],
        };
    }

    /// <summary>Tables that there are, for the message that one is missing.</summary>
    public static async Task<IReadOnlyList<string>> ReadTablesAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(TablesSql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var tables = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            tables.Add(reader.GetString(0));
        }

        return tables;
    }
}
