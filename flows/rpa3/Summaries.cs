using Npgsql;
using Seatrial.Worker.Processing;

namespace Rpa3;

/// <summary>
/// Adds a batch to the summaries by year and marital status, within the transaction that completes it.
/// </summary>
internal static class Summaries
{
    // In the order of the key, so that two batches never wait for each other in a circle.
    private const string Add = """
        insert into rpa.summaries as s (year, marital, answers, tv_answers, tv_hours, expected_tv_hours, typicality)
        select * from unnest(
            $1::int[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::numeric[], $7::numeric[])
            as given (year, marital, answers, tv_answers, tv_hours, expected_tv_hours, typicality)
        order by year, marital
        on conflict (year, marital) do update set
            answers = s.answers + excluded.answers,
            tv_answers = s.tv_answers + excluded.tv_answers,
            tv_hours = s.tv_hours + excluded.tv_hours,
            expected_tv_hours = s.expected_tv_hours + excluded.expected_tv_hours,
            typicality = s.typicality + excluded.typicality
        """;

    public static async Task AddAsync(CompletingBatch<ScoredAnswer> batch, CancellationToken cancellationToken)
    {
        var groups = batch.Records
            .Select(record => record.Payload)
            .GroupBy(answer => (answer.Year, Marital: Publication.GroupOf(answer)))
            .ToList();
        await using var command = new NpgsqlCommand(Add, batch.Connection)
        {
            Parameters =
            {
                Values(groups.Select(group => group.Key.Year)),
                Values(groups.Select(group => group.Key.Marital)),
                Values(groups.Select(group => group.LongCount())),
                Values(groups.Select(group => group.LongCount(answer => answer.TvHours is not null))),
                Values(groups.Select(group => group.Sum(answer => (long)(answer.TvHours ?? 0)))),
                Values(groups.Select(group => group.Sum(answer => answer.ExpectedTvHours))),
                Values(groups.Select(group => group.Sum(answer => answer.Typicality))),
            },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlParameter<T[]> Values<T>(IEnumerable<T> values) => new() { TypedValue = [.. values] };
}
