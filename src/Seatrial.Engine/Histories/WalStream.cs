using System.Net;
using System.Net.Sockets;
using Npgsql;
using Npgsql.Replication;
using Npgsql.Replication.Internal;
using Npgsql.Replication.PgOutput;
using NpgsqlTypes;

namespace Seatrial.Engine.Histories;

/// <summary>
/// Reads a slot to the decoder for as long as it is asked to, over as many connections as it takes, and keeps what
/// came. The server is told only of what is in the history file, so that it sends the rest again.
/// </summary>
internal sealed class WalStream(
    TrialSlot slot, string connectionString, WalDecoder decoder, EvidenceSink sink, TimeProvider clock)
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan StatusInterval = TimeSpan.FromSeconds(1);

    private readonly NpgsqlConnectionStringBuilder _server = new(connectionString)
    {
        ApplicationName = "seatrial judge",
        // Times and numbers come as the session prints them.
        Options = "-c DateStyle=ISO -c TimeZone=UTC",
        ReadBufferSize = 1 << 16,
    };

    private byte[] _message = new byte[1 << 13];
    private ReplicationSystemIdentification? _system;
    private ulong _confirmed;

    /// <summary>Another way to the server than by its address; null for none.</summary>
    public ServerSocket? Socket { get; init; }

    /// <summary>How often the connection was made anew.</summary>
    public int Reconnects { get; private set; }

    /// <summary>
    /// Reads until a transaction <paramref name="isLast"/>, not one change further, or until it is cancelled. Throws
    /// <see cref="HistoryGapException"/> when it can't read on.
    /// </summary>
    public async Task RunAsync(ulong from, Func<bool> isLast, CancellationToken cancellationToken)
    {
        _confirmed = from;
        var retry = FirstRetry;
        while (true)
        {
            var before = decoder.ReadUpTo;
            try
            {
                if (await ReadAsync(isLast, cancellationToken))
                {
                    return;
                }
            }
            catch (PostgresException exception) when (IsFinal(exception.SqlState))
            {
                throw new HistoryGapException(
                    $"the server refuses to send the log: {exception.MessageText}", exception);
            }
            catch (Exception exception)
                when (exception is ArgumentException or IndexOutOfRangeException or KeyNotFoundException)
            {
                throw new HistoryGapException(
                    $"a message of the log can't be understood: {exception.Message}", exception);
            }
            catch (Exception exception)
                when (exception is NpgsqlException or IOException or SocketException or TimeoutException)
            {
                // Restarting, failing over, or cut off: the slot keeps what is not confirmed.
            }

            cancellationToken.ThrowIfCancellationRequested();
            Reconnects++;
            retry = decoder.ReadUpTo > before ? FirstRetry : retry;
            await Task.Delay(retry, clock, cancellationToken);
            retry = retry < LastRetry ? retry * 2 : LastRetry;
        }
    }

    private static bool IsFinal(string state) => state is PostgresErrorCodes.UndefinedObject
        or PostgresErrorCodes.ObjectNotInPrerequisiteState or PostgresErrorCodes.InvalidCatalogName
        or PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.InvalidPassword
        or PostgresErrorCodes.InvalidAuthorizationSpecification;

    private async Task<bool> ReadAsync(Func<bool> isLast, CancellationToken cancellationToken)
    {
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var isReading = false;
        var database = await FarEndAsync(reading.Token);
        await using var relay = database is null
            ? null : new GatheringRelay(database, () => isReading ? sink.GatherFor : TimeSpan.Zero);
        await using var connection = new LogicalReplicationConnection(By(relay))
        {
            WalReceiverStatusInterval = StatusInterval,
        };
        await connection.Open(reading.Token);
        if (database is DnsEndPoint && await FarEndAsync(reading.Token) is UnixDomainSocketEndPoint)
        {
            throw new IOException("the server, which has just started, has a socket now");
        }

        CheckSystem(await connection.IdentifySystem(reading.Token));
        var options = new Dictionary<string, string?>
        {
            ["proto_version"] = "1",
            ["publication_names"] = slot.Publications,
            ["messages"] = "true",
        };
        await using var messages = connection
            .StartLogicalReplication(new PgOutputReplicationSlot(slot.Name), reading.Token, options: options)
            .GetAsyncEnumerator(reading.Token);
        var next = messages.MoveNextAsync().AsTask();
        try
        {
            await slot.CheckAsync(connection.ProcessID, _confirmed, next, reading.Token);
            isReading = true;
            while (await next)
            {
                if (await TakeAsync(messages, connection, reading.Token) && isLast())
                {
                    return true;
                }

                var arriving = messages.MoveNextAsync();
                next = arriving.IsCompleted ? Task.FromResult(await arriving) : arriving.AsTask();
                if (!next.IsCompleted)
                {
                    await RestAsync(next, connection);
                }
            }

            return false;
        }
        finally
        {
            // A stream that is still being waited for can't be left.
            await reading.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Where a relay leads to; null where none goes: to a socket's file that the user names, to several
    /// servers, and to one whose certificate has to bear its name.</summary>
    private async Task<EndPoint?> FarEndAsync(CancellationToken cancellationToken)
    {
        if (_server.Host is not { Length: > 0 } host || host.Contains('/') || host.Contains(',')
            || _server.SslMode is SslMode.VerifyFull)
        {
            return null;
        }

        return Socket is not null && await Socket.WhereAsync(cancellationToken) is { } file
            ? file : new DnsEndPoint(host, _server.Port);
    }

    private string By(GatheringRelay? relay) => relay is null ? _server.ConnectionString
        : new NpgsqlConnectionStringBuilder(_server.ConnectionString)
        {
            Host = "127.0.0.1",
            Port = relay.Start(),
        }.ConnectionString;

    /// <summary>Takes a message; true when it ended a transaction.</summary>
    private async ValueTask<bool> TakeAsync(
        IAsyncEnumerator<XLogDataMessage> messages,
        LogicalReplicationConnection connection,
        CancellationToken cancellationToken)
    {
        var length = await FillAsync(messages.Current.Data, cancellationToken);
        var isCommit = decoder.Decode(_message.AsSpan(0, length));
        if (sink.IsDue(isCommit))
        {
            await KeepAsync(connection);
        }

        return isCommit;
    }

    /// <summary>Waits for a message; what waits to be kept is kept meanwhile.</summary>
    private async Task RestAsync(Task arriving, LogicalReplicationConnection connection)
    {
        await sink.RestAsync(arriving);
        if (!arriving.IsCompleted)
        {
            await KeepAsync(connection);
        }
    }

    private async Task KeepAsync(LogicalReplicationConnection connection)
    {
        var upTo = decoder.ReadUpTo;
        await sink.FlushAsync();
        if (upTo > _confirmed)
        {
            _confirmed = upTo;
            connection.SetReplicationStatus(new NpgsqlLogSequenceNumber(upTo));
        }
    }

    private void CheckSystem(ReplicationSystemIdentification system)
    {
        _system ??= system;
        if (system.SystemId != _system.SystemId || system.Timeline != _system.Timeline)
        {
            throw new HistoryGapException(
                $"the server is another one: system {system.SystemId} timeline {system.Timeline}, "
                + $"was {_system.SystemId} timeline {_system.Timeline}");
        }

        if ((ulong)system.XLogPos < decoder.ReadUpTo)
        {
            throw new HistoryGapException(
                $"the server's log ends at {LogPositions.Format((ulong)system.XLogPos)}, before "
                + $"{LogPositions.Format(decoder.ReadUpTo)} up to where it was read: the server was set back");
        }
    }

    private async ValueTask<int> FillAsync(Stream data, CancellationToken cancellationToken)
    {
        var length = (int)data.Length;
        if (_message.Length < length)
        {
            _message = new byte[Math.Max(length, _message.Length * 2)];
        }

        await data.ReadExactlyAsync(_message.AsMemory(0, length), cancellationToken);
        return length;
    }
}
