using Seatrial.Engine.Histories;

namespace Seatrial.Engine.Checks;

/// <summary>The whole histories of a few records.</summary>
internal sealed class RecordStories
{
    /// <summary>
    /// A record that changed hands for ever would fill the report: of a longer story the middle is left out.
    /// </summary>
    private const int Head = 300;
    private const int Tail = 200;

    private readonly Dictionary<int, List<HistoryEvent>> _bySlot = [];

    /// <summary>Reads the history again for these records.</summary>
    public static RecordStories Collect(
        IEnumerable<int> slots, RecordTable records, Func<IEnumerable<IReadOnlyList<HistoryEvent>>> again)
    {
        var stories = new RecordStories();
        var wanted = new Dictionary<(string Queue, string Record), List<HistoryEvent>>();
        foreach (var slot in slots.Where(slot => slot >= 0).Distinct())
        {
            var story = new List<HistoryEvent>();
            stories._bySlot.Add(slot, story);
            wanted.Add((records.Stages[records[slot].Stage], records[slot].Record), story);
        }

        if (wanted.Count > 0)
        {
            foreach (var happened in again().SelectMany(block => block))
            {
                if (wanted.TryGetValue((happened.Queue, happened.Record), out var story))
                {
                    Add(story, happened);
                }
            }
        }

        return stories;
    }

    public IReadOnlyList<HistoryEvent> Of(int slot) => _bySlot.TryGetValue(slot, out var story) ? story : [];

    private static void Add(List<HistoryEvent> story, in HistoryEvent happened)
    {
        if (story.Count == Head + Tail)
        {
            story.RemoveAt(Head);
        }

        story.Add(happened);
    }
}
