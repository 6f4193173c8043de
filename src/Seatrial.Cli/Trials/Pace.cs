using Seatrial.Engine.Runs;

namespace Seatrial.Cli.Trials;

/// <summary>How fast records get done, over the last few seconds of what a view was told.</summary>
internal sealed class Pace(TimeProvider clock)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(3);

    private readonly Queue<(long Timestamp, long Done)> _samples = new();

    /// <summary>Records a second over all queues, rounded.</summary>
    public long PerSecond { get; private set; }

    public void Add(IReadOnlyList<QueueProgress> queues)
    {
        var now = clock.GetTimestamp();
        _samples.Enqueue((now, queues.Sum(queue => queue.Done)));
        while (_samples.Count > 2 && clock.GetElapsedTime(_samples.Peek().Timestamp, now) > Window)
        {
            _samples.Dequeue();
        }

        var (timestamp, done) = _samples.Peek();
        var seconds = clock.GetElapsedTime(timestamp, now).TotalSeconds;
        PerSecond = seconds > 0 ? (long)Math.Round((queues.Sum(queue => queue.Done) - done) / seconds) : 0;
    }
}
