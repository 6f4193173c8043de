using Npgsql;
using Seatrial.Wire;
using Seatrial.Worker.Configuration;

namespace Seatrial.Worker.Processing;

/// <summary>
/// A queue's database has to hold every text there is. One without an encoding takes bytes that are no text, and a
/// single such record would end each claim that comes across it.
/// </summary>
internal static class QueueEncoding
{
    private const string Needed = "UTF8";
    private const string Variable =
        ContainerVariables.DatabasePrefix + ContainerVariables.QueueDatabase + ContainerVariables.Nest
        + "CONNECTION_STRING";

    /// <summary>Null where it is right.</summary>
    public static async Task<ConfigurationProblem?> ProblemAsync(
        NpgsqlDataSource database, string target, CancellationToken cancellationToken)
    {
        using var command = database.CreateCommand("select current_setting('server_encoding')");
        var encoding = (string?)await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
        return encoding == Needed
            ? null
            : new ConfigurationProblem(
                Variable,
                $"leads to {target}, whose encoding is {encoding} instead of {Needed}: it can't hold every text.",
                "create the database with ENCODING 'UTF8' TEMPLATE template0, and move its data there by pg_dump.");
    }
}
