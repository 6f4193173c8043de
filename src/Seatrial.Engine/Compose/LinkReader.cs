using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary><c>links</c>: services, each with a name of one's own for it.</summary>
internal static class LinkReader
{
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Read(Field field)
    {
        var links = new OrderedDictionary<string, List<string>>();
        foreach (var text in field.Texts())
        {
            var parts = text.Split(':');
            links.TryAdd(parts[0], []);
            if (parts is [_, { Length: > 0 } alias])
            {
                links[parts[0]].Add(alias);
            }
        }

        return links.ToDictionary(link => link.Key, IReadOnlyList<string> (link) => link.Value);
    }
}
