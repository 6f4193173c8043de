namespace Seatrial.Worker.Processing;

/// <summary>
/// Where a queue's claims begin to look. Rows that were taken stay in the index until they are vacuumed, which a
/// snapshot held open prevents: a claim that began at the front would walk them all, again and again. What comes in
/// behind the mark (a retry, a dead owner's, a transaction that took long to commit) is found by a look from the front:
/// once a second, more seldom where that takes long, and whenever nothing is found otherwise.
/// </summary>
internal sealed class Watermarks(TimeProvider time)
{
    public const int Priorities = 4;

    private static readonly TimeSpan _fromTheFrontEvery = TimeSpan.FromSeconds(1);

    // Looks from the front take at most a twentieth of the time.
    private const int ShareOfLooks = 20;

    private readonly Lock _lock = new();
    private readonly Dictionary<RecordStore, Marks> _marks = new()
    {
        [RecordStore.Rows] = new Marks(Priorities),
        [RecordStore.Chunks] = new Marks(1),
    };

    /// <summary>The marks to look from, and whether they are the front, because that is due or asked for.</summary>
    public (Mark[] Since, bool FromTheFront) Of(RecordStore store, bool fromTheFront)
    {
        lock (_lock)
        {
            var marks = _marks[store];
            if (fromTheFront || time.GetElapsedTime(marks.FrontAt) >= marks.FrontAfter)
            {
                marks.FrontAt = time.GetTimestamp();
                return (new Mark[marks.Since.Length], true);
            }

            return ([.. marks.Since], false);
        }
    }

    /// <summary>The earliest that a claim took, by level: what lies before it is somebody's.</summary>
    public void Saw(ClaimRequest claim, Mark?[] earliest, TimeSpan took)
    {
        lock (_lock)
        {
            var marks = _marks[claim.Store];
            if (claim.FromTheFront)
            {
                var wait = took * ShareOfLooks;
                marks.FrontAfter = wait > _fromTheFrontEvery ? wait : _fromTheFrontEvery;
            }

            for (var level = 0; level < earliest.Length; level++)
            {
                if (earliest[level] is { } mark && mark.CompareTo(marks.Since[level]) > 0)
                {
                    marks.Since[level] = mark;
                }
            }
        }
    }

    private sealed class Marks(int levels)
    {
        public Mark[] Since { get; } = new Mark[levels];

        public long FrontAt { get; set; }

        public TimeSpan FrontAfter { get; set; } = _fromTheFrontEvery;
    }
}
