namespace Seatrial.Engine.Recovery;

/// <summary>The pace as events arrive.</summary>
internal sealed class LivePace(IReadOnlyList<string> stages) : IPace
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, int> _done = [];
    private readonly Dictionary<long, int> _came = [];

    /// <summary>A record was done.</summary>
    public void Done(long at) => Add(_done, at);

    /// <summary>A record came into a queue.</summary>
    public void Came(string queue, long at)
    {
        if (queue == stages[0])
        {
            Add(_came, at);
        }
    }

    /// <inheritdoc/>
    public long DoneIn(long fromTenth, long toTenth) => Sum(_done, fromTenth, toTenth);

    /// <inheritdoc/>
    public long DueIn(long fromTenth, long toTenth) => Sum(_came, fromTenth, toTenth) * stages.Count;

    private void Add(Dictionary<long, int> counts, long at)
    {
        lock (_lock)
        {
            counts[Tenths.Of(at)] = counts.GetValueOrDefault(Tenths.Of(at)) + 1;
        }
    }

    private long Sum(Dictionary<long, int> counts, long fromTenth, long toTenth)
    {
        lock (_lock)
        {
            var sum = 0L;
            for (var tenth = fromTenth; tenth < toTenth; tenth++)
            {
                sum += counts.GetValueOrDefault(tenth);
            }

            return sum;
        }
    }
}
