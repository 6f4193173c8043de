using Npgsql;

namespace Seatrial.Engine.Measurements.Databases;

/// <summary>
/// How far the database's clock is from this one, by asking it: its time lies between the question and the answer
/// (Cristian, Probabilistic clock synchronization, 1989).
/// </summary>
public static class ClockSkew
{
    private const int Questions = 5;

    /// <summary>By how much it is at least ahead (below zero: behind); zero where the questions took longer than
    /// that.</summary>
    public static async Task<TimeSpan> MeasureAsync(
        NpgsqlDataSource database, TimeProvider clock, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var question = new NpgsqlCommand("select clock_timestamp()", connection);
        var (least, most) = (TimeSpan.MinValue, TimeSpan.MaxValue);
        for (var i = 0; i < Questions; i++)
        {
            var asked = clock.GetUtcNow();
            var said = (DateTime)(await question.ExecuteScalarAsync(cancellationToken)
                ?? throw new InvalidOperationException("A server has a time."));
            var answered = clock.GetUtcNow();
            least = said - answered > least ? said - answered : least;
            most = said - asked < most ? said - asked : most;
        }

        return least > TimeSpan.Zero ? least : most < TimeSpan.Zero ? most : TimeSpan.Zero;
    }
}
