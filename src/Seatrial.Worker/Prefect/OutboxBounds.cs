using System.Globalization;
using Seatrial.Worker.Recovery;

namespace Seatrial.Worker.Prefect;

/// <summary>
/// Keeps an outbox within its limits. What was told goes first, then log lines, the least important and oldest of them
/// before the others, then steps; a run's beginning and end are never dropped before they were told.
/// </summary>
internal sealed class OutboxBounds(SqliteSession sqlite, OutboxLimits limits)
{
    /// <summary>The note that counts what went unsent.</summary>
    public const string Dropped = "dropped";

    // Making room a little at a time, at each insert, would cost a scan each time.
    private const double Slack = 0.05;

    private const string SettledRuns = """
        select r.id from runs as r where r.ended = 1
        and not exists (select from_open.seq from outbox as from_open where from_open.run = r.id
                        and from_open.status < 2)
        """;

    /// <summary>Within the transaction that inserts.</summary>
    public void Keep(long now)
    {
        var oldest = now - (long)limits.Age.TotalMilliseconds;
        Forget($"{SettledRuns} and r.seen_at < $oldest", ("$oldest", oldest));
        Drop(
            "select seq from outbox where status < 2 and kind in (1, 2) and occurred_at < $oldest",
            ("$oldest", oldest));
        if (Excess() is > 0)
        {
            MakeRoom();
        }
    }

    /// <summary>All that was told of runs that have ended.</summary>
    public void ForgetSettled() => Forget(SettledRuns);

    private void MakeRoom()
    {
        var room = (long)(limits.Rows * Slack);
        while (Excess() + room is > 0 && Forget($"{SettledRuns} order by r.seen_at limit 1"))
        {
            // The oldest first.
        }

        DropMost("kind = 2", "level, seq", Excess() + room);
        DropMost("kind = 1", "seq", Excess() + room);
    }

    private long Excess() => sqlite.Query("select count(*) from outbox", row => row.GetInt64(0))[0] - limits.Rows;

    private bool Forget(string runs, params ReadOnlySpan<(string, object?)> values)
    {
        sqlite.Execute($"delete from outbox where run in ({runs})", values);
        return sqlite.Execute($"delete from runs where id in ({runs})", values) > 0;
    }

    private void DropMost(string what, string order, long most)
    {
        if (most > 0)
        {
            Drop($"select seq from outbox where {what} order by {order} limit $most", ("$most", most));
        }
    }

    private void Drop(string rows, params ReadOnlySpan<(string, object?)> values)
    {
        var unsent = sqlite.Query(
            $"select count(*) from outbox where status < 2 and seq in ({rows})", row => row.GetInt64(0), values)[0];
        sqlite.Execute($"delete from outbox where seq in ({rows})", values);
        if (unsent > 0)
        {
            sqlite.Execute(
                """
                insert into notes values ($name, $count) on conflict (name) do update set value = value + $count
                """,
                ("$name", Dropped), ("$count", unsent.ToString(CultureInfo.InvariantCulture)));
        }
    }
}
