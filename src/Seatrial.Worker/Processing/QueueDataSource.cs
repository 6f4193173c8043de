using System.Globalization;
using Npgsql;
using Seatrial.Worker.Configuration;

namespace Seatrial.Worker.Processing;

/// <summary>The pool over the queue's database.</summary>
internal static class QueueDataSource
{
    // One plan for every size of table and batch. A generic plan made while the tables were empty would scan them for
    // ever, so scans and sorts are priced out; the price must not set off the just-in-time compiler.
    private const string PlannerOptions =
        "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_sort=off -c jit=off";

    /// <param name="config">Of the database.</param>
    /// <param name="applicationName">As the server shows it.</param>
    /// <param name="lease">
    /// A worker that is frozen in a transaction would lock its records for as long as it is frozen, against those that
    /// are to take them over: the server ends a session that leaves a transaction idle for longer than a third of this.
    /// That is before the lease can end, since it is renewed when a third is over: finished work that was cut off and
    /// waits for its own rows gets them before others may take them.
    /// </param>
    public static NpgsqlDataSource Create(DatabaseConfig config, string applicationName, TimeSpan? lease = null)
    {
        var settings = new NpgsqlConnectionStringBuilder(config.ConnectionString)
        {
            MaxPoolSize = config.ConnectionPoolSize,
            Timeout = (int)Math.Ceiling(config.ConnectionTimeout.TotalSeconds),

            // The reset would go ahead of each first statement, where it can't be cancelled: a server that went silent
            // would hold a commit up for half a minute, beyond any grace period.
            NoResetOnClose = true,
            MaxAutoPrepare = 32,
            AutoPrepareMinUsages = 2,
            ApplicationName = applicationName,
        };
        DoWithoutKerberos(settings);
        var idle = lease is { TotalMilliseconds: var most }
            ? string.Create(CultureInfo.InvariantCulture, $" -c idle_in_transaction_session_timeout={most / 3:F0}")
            : "";
        settings.Options = $"{PlannerOptions}{idle} {settings.Options}".TrimEnd();
        return NpgsqlDataSource.Create(settings);
    }

    /// <summary>Unless the connection string speaks of it.</summary>
    public static void DoWithoutKerberos(NpgsqlConnectionStringBuilder settings)
    {
        if (!settings.ConnectionString.Contains("gss", StringComparison.OrdinalIgnoreCase))
        {
            // It is tried first otherwise, and an image without its library complains on standard error.
            settings.GssEncryptionMode = GssEncryptionMode.Disable;
        }
    }
}
