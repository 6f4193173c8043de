namespace Seatrial.Engine.Histories;

/// <summary>
/// Which transaction is being read, and what of it was read before: after a break the server sends again what was not
/// confirmed, in the same order, and what is in the history already must not come into it twice.
/// </summary>
internal sealed class WalTransaction
{
    private ulong _lastRead;
    private uint _lastXid;
    private long _changesRead;
    private long _toSkip;
    private bool _complete = true;

    /// <summary>Where the commit of the transaction stands.</summary>
    public ulong Commit { get; private set; }

    public uint Xid { get; private set; }

    /// <summary>Commit time, microseconds since 1970.</summary>
    public long At { get; private set; }

    /// <summary>Up to where all was read; what may be confirmed once it is kept.</summary>
    public ulong ReadUpTo { get; private set; }

    public void Begin(ref PgOutputReader reader)
    {
        Commit = reader.UInt64();
        At = reader.Int64() + Instants.PostgresEpoch;
        Xid = reader.UInt32();
        if (Commit == _lastRead && Xid != _lastXid)
        {
            throw new HistoryGapException(
                $"position {LogPositions.Format(Commit)} held transaction {_lastXid} and now holds {Xid}: "
                + "the server's log was rewritten");
        }

        var known = Commit < _lastRead || (Commit == _lastRead && _complete);
        _toSkip = known ? long.MaxValue : Commit == _lastRead ? _changesRead : 0;
        if (!known && Commit != _lastRead)
        {
            (_lastRead, _lastXid, _changesRead, _complete) = (Commit, Xid, 0, false);
        }
    }

    /// <summary>Whether the next change of the transaction is new.</summary>
    public bool TakeChange()
    {
        if (_toSkip > 0)
        {
            _toSkip--;
            return false;
        }

        _changesRead++;
        return true;
    }

    public void End(ref PgOutputReader reader)
    {
        _ = reader.Byte();
        _ = reader.UInt64();
        ReadUpTo = Math.Max(ReadUpTo, reader.UInt64());
        _complete |= Commit == _lastRead;
    }
}
