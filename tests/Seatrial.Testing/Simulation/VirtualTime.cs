using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace Seatrial.Testing.Simulation;

/// <summary>
/// Runs a test's body on one thread and a clock of its own, which moves on only when nothing is left to do at the
/// present instant: hours pass in a moment, and always in the same order.
/// </summary>
public static class VirtualTime
{
    private static readonly TimeSpan _step = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan _end = TimeSpan.FromHours(2);

    /// <summary>Runs the body to its end.</summary>
    /// <exception cref="TimeoutException">It waits for something that never happens.</exception>
    public static void Run(Func<TimeProvider, Task> body)
    {
        var before = SynchronizationContext.Current;
        var context = new OneThread();
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            var clock = new FakeTimeProvider();
            var began = clock.GetTimestamp();
            var task = body(clock);
            for (context.Drain(); !task.IsCompleted; context.Drain())
            {
                if (clock.GetElapsedTime(began) > _end)
                {
                    throw new TimeoutException($"The test still waits after {_end} of its own time.");
                }

                clock.Advance(_step);
            }

            task.GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private sealed class OneThread : SynchronizationContext
    {
        private readonly ConcurrentQueue<(SendOrPostCallback Callback, object? State)> _work = new();

        public override void Post(SendOrPostCallback d, object? state) => _work.Enqueue((d, state));

        /// <summary>Does all there is to do.</summary>
        public void Drain()
        {
            while (_work.TryDequeue(out var work))
            {
                work.Callback(work.State);
            }
        }
    }
}
