namespace Seatrial.Engine.Proxies;

/// <summary>
/// Follows what a server sends, and finds where it acknowledges a commit: CommandComplete with the tag COMMIT, or, of
/// an exchange that writes without a transaction of its own, the ReadyForQuery that says that none is open.
/// </summary>
internal sealed class CommitScanner(WriteScanner client)
{
    private readonly PgMessageReader _reader = new(hasStart: false, keep: 64);

    /// <summary>
    /// Reads on from <paramref name="at"/>, and moves it behind the next acknowledgement; returns where that began, or
    /// -1 at the piece's end.
    /// </summary>
    public int Read(ReadOnlySpan<byte> piece, ref int at)
    {
        while (_reader.TryRead(piece, ref at))
        {
            var isCommit = (char)_reader.Type switch
            {
                'C' => _reader.Body.SequenceEqual("COMMIT\0"u8),
                'Z' => client.Exchanges.TryDequeue(out var writes) && writes && _reader.Body is [(byte)'I'],
                _ => false,
            };
            if (isCommit)
            {
                return _reader.Began;
            }
        }

        return -1;
    }
}
