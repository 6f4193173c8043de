using System.Threading.Channels;

namespace Seatrial.Worker.Processing;

/// <summary>Remembers that there may be work: a signal that comes before the wait is not lost.</summary>
internal sealed class WakeUp(TimeProvider time)
{
    // Who waits goes on at once, on the thread that signals: another one would have to be woken for it first.
    private static readonly BoundedChannelOptions _options = new(1)
    {
        FullMode = BoundedChannelFullMode.DropWrite,
        AllowSynchronousContinuations = true,
    };

    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(_options);

    public void Signal() => _signal.Writer.TryWrite(true);

    /// <summary>Until a signal, at most for so long.</summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timeout = new CancellationTokenSource(atMost, time);
        await using var registration = timeout.Token.Register(either.Cancel).ConfigureAwait(false);
        try
        {
            await _signal.Reader.ReadAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The time is up; the caller looks for itself.
        }
    }
}
