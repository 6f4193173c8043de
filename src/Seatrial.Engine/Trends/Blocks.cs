using Seatrial.Engine.Plans;

namespace Seatrial.Engine.Trends;

/// <summary>
/// A run cut into blocks of some seconds, which are drawn again as wholes: what a second is like depends on the one
/// before it, so that single seconds are no independent cases (Carlstein, The use of subseries values for estimating
/// the variance of a general statistic from a stationary sequence, 1986).
/// </summary>
internal sealed class Blocks
{
    /// <summary>Fewer can't be drawn from.</summary>
    public const int Least = 8;

    private const int ShortestSeconds = 2;
    private const int Most = 200;

    private readonly LatencyCounts[] _blocks;
    private readonly LatencyCounts _drawn = new();

    private Blocks(LatencyCounts[] blocks) => _blocks = blocks;

    /// <summary>Null where the run is too short.</summary>
    public static Blocks? Of(IReadOnlyList<StageSeconds> stages)
    {
        var length = stages.Count == 0 ? 0 : stages.Max(stage => stage.Length);
        var seconds = SecondsFor(length);
        var count = (int)Math.Round(length / seconds);
        if (count < Least)
        {
            return null;
        }

        var blocks = new LatencyCounts[count];
        for (var i = 0; i < count; i++)
        {
            // What is left at the end belongs to the last block.
            var end = i == count - 1 ? stages.Max(stage => stage.Seconds.Count) : (i + 1) * seconds;
            blocks[i] = Block(stages, i * seconds, end);
        }

        return new Blocks(blocks);
    }

    /// <summary>The cube root of the run's seconds (Hall, Horowitz and Jing, On blocking rules for the bootstrap with
    /// dependent data, 1995), less where that leaves too few blocks, at least two.</summary>
    public static int SecondsFor(double length) => Math.Max(
        ShortestSeconds,
        (int)Math.Min(length / Least, Math.Max(Math.Ceiling(Math.Cbrt(length)), Math.Ceiling(length / Most))));

    /// <summary>As many blocks as there are, by chance.</summary>
    public LatencyCounts Draw(SeededRandom chance)
    {
        _drawn.Clear();
        for (var i = 0; i < _blocks.Length; i++)
        {
            _drawn.Add(_blocks[chance.Next(_blocks.Length)]);
        }

        return _drawn;
    }

    private static LatencyCounts Block(IReadOnlyList<StageSeconds> stages, int from, int to)
    {
        var block = new LatencyCounts();
        for (var second = from; second < to; second++)
        {
            foreach (var stage in stages.Where(stage => second < stage.Seconds.Count))
            {
                block.Add(stage.Seconds[second]);
            }

            block.Lengthen(stages.Max(stage => stage.LengthOf(second)));
        }

        return block;
    }
}
