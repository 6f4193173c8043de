using Npgsql;
using Seatrial.Engine;
using Seatrial.Engine.Specs;

namespace Seatrial.Suites;

/// <summary>The tables of the records and of their effects.</summary>
internal static class RecordTables
{
    private const string LockWithin = "10s";

    /// <summary>Leaves no row in them.</summary>
    /// <exception cref="SeatrialException">They can't be emptied: others point to them, or somebody holds
    /// them.</exception>
    public static async Task EmptyAsync(
        NpgsqlDataSource database, RecordMapping mapping, CancellationToken cancellationToken)
    {
        var (queue, effect) = (mapping.Queue.Table, mapping.Effect.Table);
        try
        {
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using var command = new NpgsqlCommand(
                $"set local lock_timeout = '{LockWithin}'; truncate table {queue}, {effect}", connection, transaction);
            await command.ExecuteNonQueryAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (NpgsqlException failure)
        {
            throw new SeatrialException(
                ExitCode.Unavailable,
                [new Problem
                {
                    What = $"{queue} and {effect} can't be emptied between two rounds.",
                    Where = database.ConnectionString.Split(';')[0],
                    Why = failure.Message,
                    Fix = "Let no table point to them, and no session hold them while nothing is to be done.",
                }],
                failure);
        }
    }
}
