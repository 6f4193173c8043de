using System.IO.Compression;

namespace Seatrial.Engine.Trends;

/// <summary>
/// What a stage completed, second by second since the load began, and how long it had been in its queue. Kept with the
/// run, so that any part of it can be looked at again.
/// </summary>
/// <param name="Stage">The queue's name.</param>
/// <param name="Length">Seconds until the run's last completion: the last element covers what is left of them.</param>
/// <param name="Seconds">Element i covers [i, i+1) seconds.</param>
public sealed record StageSeconds(string Stage, double Length, IReadOnlyList<LatencyHistogram> Seconds)
{
    /// <summary>Only the whole seconds that lie in one of these stretches, in seconds since the load began; what was
    /// left at their end counts in the last one.</summary>
    public StageSeconds Within(IReadOnlyList<(double From, double To)> stretches, LatencyHistogram left)
    {
        var kept = Seconds
            .Where((_, i) => i + 1 <= Length && stretches.Any(stretch => stretch.From <= i && i + 1 <= stretch.To))
            .ToList();
        if (kept.Count > 0)
        {
            kept[^1] = kept[^1].And(left);
        }

        return this with { Seconds = kept, Length = kept.Count };
    }

    /// <summary>How much of a second an element covers.</summary>
    internal double LengthOf(int second) => Math.Clamp(Length - second, 0, 1);

    /// <summary>The seconds, packed.</summary>
    internal byte[] Pack()
    {
        using var packed = new MemoryStream();
        using (var zipped = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        using (var writer = new BinaryWriter(zipped))
        {
            writer.Write7BitEncodedInt(Seconds.Count);
            foreach (var second in Seconds)
            {
                var buckets = second.Buckets.ToArray();
                writer.Write7BitEncodedInt(buckets.Length);
                var before = 0;
                foreach (var (bucket, count) in buckets)
                {
                    writer.Write7BitEncodedInt(bucket - before);
                    writer.Write7BitEncodedInt64(count);
                    before = bucket;
                }
            }
        }

        return packed.ToArray();
    }

    /// <exception cref="InvalidDataException">They are damaged.</exception>
    internal static StageSeconds Unpack(string stage, double length, byte[] packed)
    {
        try
        {
            using var zipped = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
            using var reader = new BinaryReader(zipped);
            var seconds = new List<LatencyHistogram>();
            for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
            {
                seconds.Add(Read(reader));
            }

            return new StageSeconds(stage, length, seconds);
        }
        catch (Exception damage) when (damage is IOException or FormatException)
        {
            throw new InvalidDataException($"The seconds of {stage} can't be read.", damage);
        }
    }

    private static LatencyHistogram Read(BinaryReader reader)
    {
        var buckets = new List<KeyValuePair<int, long>>();
        var bucket = 0;
        for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
        {
            bucket += reader.Read7BitEncodedInt();
            buckets.Add(new(bucket, reader.Read7BitEncodedInt64()));
        }

        return LatencyHistogram.Of(buckets);
    }
}
