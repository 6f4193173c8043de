namespace Seatrial.Worker.Processing;

/// <summary>
/// Where a queue's claims begin to look. Rows that were taken stay in the index until they are vacuumed, which a
/// snapshot held open prevents: a claim that began at the front would walk them all, again and again. What comes in
/// behind the mark (a retry of old, a transaction that took long to commit) is found by a look from the front, once a
/// second and whenever nothing is found otherwise.
/// </summary>
internal sealed class Watermarks(TimeProvider time)
{
    public const int Priorities = 4;

    private static readonly TimeSpan FromTheFrontEvery = TimeSpan.FromSeconds(1);

    // Transactions commit later than they began, and it is their beginning that stands in the rows.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<RecordStore, Marks> _marks = new()
    {
        [RecordStore.Rows] = new Marks(Priorities),
        [RecordStore.Chunks] = new Marks(1),
    };

    /// <summary>The marks to look from; all at the front when that is due or asked for.</summary>
    public DateTime[] Of(RecordStore store, bool fromTheFront)
    {
        lock (_lock)
        {
            var marks = _marks[store];
            if (fromTheFront || time.GetElapsedTime(marks.FrontAt) >= FromTheFrontEvery)
            {
                marks.FrontAt = time.GetTimestamp();
                Array.Fill(marks.Since, DateTime.MinValue);
            }

            return [.. marks.Since];
        }
    }

    /// <summary>The earliest instant among those that a claim took.</summary>
    public void Saw(RecordStore store, int priority, DateTime earliest)
    {
        lock (_lock)
        {
            ref var since = ref _marks[store].Since[priority];
            since = earliest - Margin > since ? earliest - Margin : since;
        }
    }

    private sealed class Marks(int levels)
    {
        // DateTime.MinValue is PostgreSQL's -infinity.
        public DateTime[] Since { get; } = new DateTime[levels];

        public long FrontAt { get; set; }
    }
}
