using Seatrial.Engine.Environments;
using Seatrial.Engine.Runs;

namespace Seatrial.Engine.Histories;

/// <summary>
/// From owners, as rows name them, to containers: an owner's text holds its container's id, name or address.
/// </summary>
public static class OwnerNames
{
    private const int HostNameLength = 12;

    /// <summary>Whether a worker in this running container calls itself so.</summary>
    public static bool IsOf(string owner, RunningContainer container) =>
        IsOf(owner, container.Id, container.Name, container.Addresses.Values);

    /// <summary>The container whose worker calls itself so, among all that a run had; null when none does.</summary>
    public static string? Find(string owner, IReadOnlyList<ContainerRecord> containers) =>
        containers.FirstOrDefault(
            container => IsOf(owner, container.Id, container.EngineName, container.Addresses))?.Name;

    private static bool IsOf(string owner, string id, string name, IEnumerable<string> addresses) =>
        owner.Contains(id[..Math.Min(HostNameLength, id.Length)], StringComparison.Ordinal)
        || ContainsWord(owner, name)
        || addresses.Any(address => ContainsWord(owner, address));

    /// <summary><c>10.0.0.2</c> is not in <c>10.0.0.21</c>.</summary>
    private static bool ContainsWord(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.Ordinal);
            at >= 0 && word.Length > 0;
            at = text.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            var end = at + word.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1]))
                && (end == text.Length || !char.IsLetterOrDigit(text[end])))
            {
                return true;
            }
        }

        return false;
    }
}
