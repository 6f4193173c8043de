using Npgsql;
using Seatrial.Engine.Specs;

namespace Seatrial.Suites.Integration;

/// <summary>
/// The traces that rows bear when they come into a queue, which are gone with the rows: written down by a trigger of
/// the tester's own, in the database under trial.
/// </summary>
internal sealed class TraceRows(NpgsqlDataSource database, RecordMapping mapping)
{
    private const string Table = "public.seatrial_traces";

    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"""
            create table {Table} (place bigint generated always as identity, key text, queue text, trace text);
            create function public.seatrial_note_trace() returns trigger language plpgsql as $$
            begin
                insert into {Table} (key, queue, trace) select key, queue, trace from came;
                return null;
            end $$;
            create trigger seatrial_note_trace after insert on {mapping.Queue.Table}
                referencing new table as came for each statement execute function public.seatrial_note_trace();
            """);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<TracedRow>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"select key, queue, trace from {Table} order by place");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<TracedRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new TracedRow(
                reader.GetString(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2)));
        }

        return rows;
    }
}
