using Seatrial.Engine.Measurements.Databases;
using Seatrial.Engine.Runs;

namespace Seatrial.Engine.Measurements.Bottlenecks;

/// <summary>A big table that is read from end to end again and again.</summary>
internal static class MissingIndexRule
{
    private const double BigScan = 10_000;
    private const double UsualRows = 500_000;
    private const long LeastScans = 5;

    public static IEnumerable<Bottleneck> See(Situation now)
    {
        var looks = now.Database.Where(sample => sample.Tables is not null).ToList();
        if (looks.Count < 2)
        {
            yield break;
        }

        var seconds = (looks[^1].At - looks[0].At).TotalSeconds;
        foreach (var after in looks[^1].Tables ?? [])
        {
            var before = looks[0].Tables?.FirstOrDefault(table => table.Table == after.Table);
            if (before is not null && Of(now, before, after, seconds) is { } seen)
            {
                yield return seen;
            }
        }
    }

    private static Bottleneck? Of(Situation now, TableCounters before, TableCounters after, double seconds)
    {
        var scans = after.Scans - before.Scans;
        var rows = after.ScannedRows - before.ScannedRows;
        var perSecond = rows / seconds;
        if (scans < LeastScans || rows < scans * BigScan || perSecond < UsualRows)
        {
            return null;
        }

        var statement = now.Database.SelectMany(sample => sample.Running)
            .Where(running => Statements.Names(running.Statement, after.Table))
            .GroupBy(running => Statements.Shape(running.Statement))
            .MaxBy(group => group.Count())?.Key;
        var database = now.DatabaseContainer is { } series ? now.Cores(series) : null;
        return new Bottleneck
        {
            Name = "missing-index",
            Where = after.Table,
            Summary = $"{after.Table} is read from end to end {Figures.Number(scans / seconds)} times a second, "
                + $"{Figures.Count(rows / scans)} rows each time.",
            Evidence =
            [
                new("rows read by whole scans a second", Figures.Number(perSecond, 0), "below 500,000"),
                new("rows a scan", Figures.Count(rows / scans), "below 10,000"),
                new("whole scans beside index scans",
                    $"{Figures.Count(scans)} and {Figures.Count(after.IndexScans - before.IndexScans)}"),
                new("rows in the table", Figures.Count(after.Live)),
                .. statement is null ? [] : new[] { new EvidenceFigure("statement", statement) },
                .. database is { } cores
                    ? new[] { new EvidenceFigure("cores used by the database", Figures.Number(cores, 2)) } : [],
            ],
            Confidence = Situation.Confidence(
                0.55 + (statement is null ? 0 : 0.15) + Math.Min(0.25, perSecond / 20e6), now.Database.Count),
            Recommendation = statement is null
                ? $"Create an index on the columns of {after.Table} that it is searched by."
                : $"Create an index on the columns of {after.Table} that this statement searches by: {statement}",
            ExpectedGain = "most of what these scans cost the database: an index reads the rows that are wanted, "
                + $"instead of {Figures.Count(rows / scans)}",
            Verify = $"pg_stat_user_tables.seq_tup_read of {after.Table} stands still under the same load.",
        };
    }
}
