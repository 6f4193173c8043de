namespace Seatrial.Engine.Chaos.Shrinking;

/// <summary>
/// The smallest part of a list that still fails: ddmin of Zeller and Hildebrandt, "Simplifying and Isolating
/// Failure-Inducing Input" (2002).
/// </summary>
public static class DeltaDebugging
{
    /// <summary>
    /// A part of <paramref name="items"/>, in their order, which fails and of which, as far as
    /// <paramref name="fails"/> can be believed, nothing more can be left out. The whole is taken to fail and is not
    /// asked for, nor is nothing at all, nor one part twice.
    /// </summary>
    public static async Task<IReadOnlyList<T>> MinimizeAsync<T>(
        IReadOnlyList<T> items,
        Func<IReadOnlyList<T>, CancellationToken, Task<bool>> fails,
        CancellationToken cancellationToken)
    {
        var asked = new HashSet<string>();
        IReadOnlyList<int> smallest = [.. Enumerable.Range(0, items.Count)];
        var parts = 2;
        while (smallest.Count > 1)
        {
            parts = Math.Min(parts, smallest.Count);
            var chunks = Split(smallest, parts);
            if (await FirstAsync(chunks) is { } part)
            {
                (smallest, parts) = (part, 2);
            }

            // With two parts, each is the complement of the other.
            else if (parts > 2
                && await FirstAsync(chunks.Select(chunk => smallest.Except(chunk).ToList())) is { } rest)
            {
                (smallest, parts) = (rest, parts - 1);
            }
            else if (parts == smallest.Count)
            {
                break;
            }
            else
            {
                parts *= 2;
            }
        }

        return [.. smallest.Select(i => items[i])];

        async Task<IReadOnlyList<int>?> FirstAsync(IEnumerable<IReadOnlyList<int>> candidates)
        {
            foreach (var candidate in candidates)
            {
                if (asked.Add(string.Join(',', candidate))
                    && await fails([.. candidate.Select(i => items[i])], cancellationToken))
                {
                    return candidate;
                }
            }

            return null;
        }
    }

    private static List<IReadOnlyList<int>> Split(IReadOnlyList<int> items, int parts) =>
    [
        .. Enumerable.Range(0, parts).Select(part =>
            (IReadOnlyList<int>)[.. items.Skip(items.Count * part / parts)
                .Take((items.Count * (part + 1) / parts) - (items.Count * part / parts))]),
    ];
}
