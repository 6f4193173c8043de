using System.Text;
using System.Text.Json;
using Npgsql;

namespace Seatrial.Worker.Http;

/// <summary>
/// What was published, a page after the other: rows of a table or view in the order of some of its columns, which name
/// a row. A page goes on behind the last row of the one before, whatever came in between.
/// </summary>
internal sealed class ResultPages
{
    private readonly NpgsqlDataSource _database;
    private readonly string _sql;

    /// <param name="database">Where.</param>
    /// <param name="relation">The table or view, as SQL writes its name.</param>
    /// <param name="order">Its columns, none of them null.</param>
    public ResultPages(NpgsqlDataSource database, string relation, IReadOnlyList<string> order)
    {
        _database = database;
        var columns = string.Join(", ", order.Select(column => $"p.{column}"));
        var behind = string.Join(", ", order.Select(column => $"(after.at).{column}"));
        var place = string.Join(", ", order.Select(column => $"'{column}', p.{column}"));
        _sql = $"""
            select to_jsonb(p)::text, jsonb_build_object({place})::text
            from {relation} p, (select jsonb_populate_record(null::{relation}, $1) as at) after
            where $1 = '{"{}"}' or row({columns}) > row({behind})
            order by {columns}
            limit $2
            """;
    }

    /// <summary>A page as JSON: <c>results</c>, and <c>next</c>, which is null on the last one.</summary>
    /// <param name="after">The <c>next</c> of the page before; empty for the first.</param>
    /// <param name="limit">The most rows.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="FormatException">No page has given out such a next.</exception>
    public async Task<string> ReadAsync(string after, int limit, CancellationToken cancellationToken)
    {
        using var command = _database.CreateCommand(_sql);
        command.Parameters.Add(new NpgsqlParameter
        {
            Value = Place(after),
            NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Jsonb,
        });

        // One more, which tells whether there is another page.
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit + 1 });
        var rows = new List<(string Row, string Place)>();
        try
        {
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using var closing = reader.ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                rows.Add((reader.GetString(0), reader.GetString(1)));
            }
        }
        catch (PostgresException e) when (e.SqlState.StartsWith("22", StringComparison.Ordinal))
        {
            throw new FormatException(e.MessageText, e);
        }

        var page = rows.Take(limit).ToList();
        var next = rows.Count > limit ? $"\"{Cursor(page[^1].Place)}\"" : "null";
        return $$"""{"results":[{{string.Join(',', page.Select(row => row.Row))}}],"next":{{next}}}""";
    }

    private static string Cursor(string place) =>
        Convert.ToHexStringLower(Encoding.UTF8.GetBytes(place));

    private static string Place(string cursor)
    {
        if (cursor.Length == 0)
        {
            return "{}";
        }

        var place = Encoding.UTF8.GetString(Convert.FromHexString(cursor));
        try
        {
            using var document = JsonDocument.Parse(place);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? place
                : throw new FormatException("It is no object.");
        }
        catch (JsonException e)
        {
            throw new FormatException("It is no JSON.", e);
        }
    }
}
