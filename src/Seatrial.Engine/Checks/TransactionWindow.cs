namespace Seatrial.Engine.Checks;

/// <summary>
/// Tells where one transaction ends and the next begins, and whether the one that ended was seen whole: the
/// transactions on both sides of a gap may not have been.
/// </summary>
internal struct TransactionWindow
{
    private ulong _commit;
    private uint _xid;
    private int _generation;
    private bool _begun;
    private bool _partial;

    /// <summary>
    /// True when the event begins another transaction; then <paramref name="whole"/> is about the one before.
    /// </summary>
    public bool Moves(in Observation seen, out bool whole)
    {
        var gap = _generation != seen.Generation;
        whole = _begun && !_partial && !gap;
        if (_begun && _commit == seen.Event.CommitLsn && _xid == seen.Event.Xid && !gap)
        {
            return false;
        }

        (_commit, _xid, _generation, _begun, _partial) =
            (seen.Event.CommitLsn, seen.Event.Xid, seen.Generation, true, gap);
        return true;
    }

    /// <summary>Whether the last transaction was seen whole.</summary>
    public readonly bool IsWhole(bool historyIsWhole) => _begun && !_partial && historyIsWhole;
}
