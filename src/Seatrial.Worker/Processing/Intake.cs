namespace Seatrial.Worker.Processing;

/// <summary>How much may be claimed at the moment: what is under pressure takes less, then nothing.</summary>
internal sealed class Intake
{
    private const int All = 100;

    private readonly Lock _gate = new();
    private TaskCompletionSource _opened = NewSource();
    private volatile int _percent = All;

    /// <summary>Of a whole batch; 0 takes nothing.</summary>
    public int Percent => _percent;

    /// <summary>Why it is less than all; empty when it is not.</summary>
    public string Reason { get; private set; } = "";

    public void Set(int percent, string reason)
    {
        lock (_gate)
        {
            (_percent, Reason) = (percent, reason);
            if (percent > 0)
            {
                _opened.TrySetResult();
            }
            else if (_opened.Task.IsCompleted)
            {
                _opened = NewSource();
            }
        }
    }

    /// <summary>What to claim where so much would be claimed without pressure.</summary>
    public int Limit(int batch) => _percent switch
    {
        0 => 0,
        All => batch,
        var percent => Math.Max(1, batch * percent / All),
    };

    /// <summary>Until something may be claimed.</summary>
    public Task OpenAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _percent > 0 ? Task.CompletedTask : _opened.Task.WaitAsync(cancellationToken);
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
