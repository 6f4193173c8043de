using System.Net.Sockets;

namespace Seatrial.Engine.Proxies;

/// <summary>One direction of a connection. Pieces that have to wait stand in a line that tasks empty; once it is empty
/// and nothing waits any more, pieces go straight on again.</summary>
internal sealed class ProxyDirection(
    TcpProxy proxy, Socket from, Socket to, bool isToServer, DelayLine line)
{
    private const int PieceLength = 256 * 1024;

    private ProxyBehaviour Behaviour => isToServer ? proxy.ToServer : proxy.ToClient;

    /// <summary>
    /// Passes on until the sender says that it is done, or <paramref name="inspect"/> lets less than a piece pass.
    /// </summary>
    public void Run(Func<ReadOnlyMemory<byte>, int> inspect)
    {
        var buffer = new byte[PieceLength];
        while (from.Receive(buffer) is > 0 and var count)
        {
            var passed = inspect(buffer.AsMemory(0, count));
            Pass(buffer.AsSpan(0, passed));
            proxy.Tally.CountBytes(isToServer, passed);
            if (passed < count)
            {
                line.Drain();
                throw new OperationCanceledException("Cut at an acknowledgement.");
            }
        }

        line.Drain();
        to.Shutdown(SocketShutdown.Send);
    }

    private void Pass(ReadOnlySpan<byte> piece)
    {
        if (Behaviour.IsPlain && line.IsEmpty)
        {
            while (piece.Length > 0)
            {
                piece = piece[to.Send(piece)..];
            }
        }
        else
        {
            line.Add(piece.ToArray());
        }
    }
}
