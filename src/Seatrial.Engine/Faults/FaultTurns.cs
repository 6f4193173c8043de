namespace Seatrial.Engine.Faults;

/// <summary>Has faults that may not share a container wait for each other.</summary>
public sealed class FaultTurns
{
    private readonly Lock _lock = new();
    private readonly List<Turn> _atWork = [];
    private TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when nothing stands against it; it is over when what is returned is disposed of.</summary>
    public async Task<IDisposable> EnterAsync(
        FaultKind kind, IReadOnlyList<string> targets, CancellationToken cancellationToken)
    {
        var turn = new Turn(this, kind, FaultOverlaps.Places(kind, targets));
        while (true)
        {
            Task left;
            lock (_lock)
            {
                if (_atWork.TrueForAll(other => other.Allows(turn)))
                {
                    _atWork.Add(turn);
                    return turn;
                }

                left = _left.Task;
            }

            await left.WaitAsync(cancellationToken);
        }
    }

    private void Leave(Turn turn)
    {
        lock (_lock)
        {
            if (_atWork.Remove(turn))
            {
                _left.SetResult();
                _left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    private sealed class Turn(FaultTurns turns, FaultKind kind, IReadOnlyList<string> places) : IDisposable
    {
        public bool Allows(Turn other) =>
            FaultOverlaps.MayShare(kind, other.Kind) || !places.Intersect(other.Places).Any();

        public void Dispose() => turns.Leave(this);

        private FaultKind Kind => kind;

        private IReadOnlyList<string> Places => places;
    }
}
