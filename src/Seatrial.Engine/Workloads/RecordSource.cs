using Seatrial.Engine.Plans;
using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Workloads;

/// <summary>A record to put in: its name, and its payload as a JSON object.</summary>
public readonly record struct WorkloadRecord(string Key, string Payload);

/// <summary>
/// The records of a workload, as many as are asked for. Where there are several kinds, the seed draws whose turn it is,
/// by their weights: one seed gives the same records, each time and everywhere.
/// </summary>
public sealed class RecordSource(WorkloadSpec spec, ulong seed)
{
    private readonly IReadOnlyList<RecordFile> _files = [.. spec.Kinds.Select(kind => new RecordFile(kind))];

    /// <summary>How many rows its files have, together.</summary>
    public int CountRows() => _files.Sum(file => file.CountRows());

    /// <summary>The first <paramref name="count"/> records; fewer only where a file has none.</summary>
    public IEnumerable<WorkloadRecord> Read(int count) => _files is [var only] ? only.Read().Take(count) : Mix(count);

    private IEnumerable<WorkloadRecord> Mix(int count)
    {
        var chance = new SeededRandom(seed);
        var weights = spec.Kinds.Sum(kind => kind.Weight);
        var readers = _files.Select(file => file.Read().GetEnumerator()).ToList();
        try
        {
            for (var given = 0; given < count; given++)
            {
                var at = chance.Next(weights);
                var turn = 0;
                for (; at >= spec.Kinds[turn].Weight; turn++)
                {
                    at -= spec.Kinds[turn].Weight;
                }

                if (!readers[turn].MoveNext())
                {
                    yield break;
                }

                yield return readers[turn].Current;
            }
        }
        finally
        {
            readers.ForEach(reader => reader.Dispose());
        }
    }
}
