using System.Collections;

namespace Seatrial.Worker.Prefect;

/// <summary>
/// Puts on each line of the log which run it belongs to, as of the moment when it is written: <c>Run</c> is this
/// worker's own name of it, <c>FlowRunId</c> Prefect's, as soon as Prefect has heard of it.
/// </summary>
internal sealed class RunScope(Func<(Guid Run, Guid? Remote)?> current)
    : IEnumerable<KeyValuePair<string, object?>>
{
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        if (current() is var (run, remote))
        {
            yield return new("Run", run);
            if (remote is { } there)
            {
                yield return new("FlowRunId", there);
            }
        }
    }

    public override string ToString() => string.Join(' ', this.Select(pair => $"{pair.Key}={pair.Value}"));

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
