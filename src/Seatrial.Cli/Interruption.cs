using System.Runtime.InteropServices;

namespace Seatrial.Cli;

/// <summary>
/// Signals that ask the program to end. The first one cancels, and the command ends in order; one that comes well after
/// it ends the process at once. Terminals and supervisors often send the same signal twice, to the process and to its
/// group.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private static readonly TimeSpan _sameWish = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations;
    private readonly TimeProvider _clock;
    private long _first;

    public Interruption(TimeProvider clock)
    {
        _clock = clock;
        _registrations =
        [
            .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }
                .Select(signal => PosixSignalRegistration.Create(signal, OnSignal)),
        ];
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        var isFirst = Interlocked.CompareExchange(ref _first, _clock.GetTimestamp(), 0) == 0;
        context.Cancel = isFirst || _clock.GetElapsedTime(Interlocked.Read(ref _first)) < _sameWish;
        if (isFirst)
        {
            _source.Cancel();
        }
    }
}
