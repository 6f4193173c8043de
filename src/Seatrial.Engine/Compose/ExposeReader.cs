using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary><c>expose</c>: ports, or ranges of them, with or without a protocol.</summary>
internal static class ExposeReader
{
    public static IReadOnlyList<string> Read(Field field)
    {
        var ports = new List<string>();
        foreach (var item in field.Given ? field.Items() : [])
        {
            if (item.Scalar() is not { } text)
            {
                continue;
            }

            var parts = text.Split('/');
            if (parts.Length <= 2 && PortRange.Parse(parts[0], least: 1) is { } range)
            {
                var protocol = parts.Length is 2 ? parts[1].ToLowerInvariant() : "tcp";
                ports.AddRange(Enumerable.Range(range.First, range.Count).Select(port => $"{port}/{protocol}"));
            }
            else
            {
                item.Error(
                    $"has \"{YamlWords.Shorten(text)}\" where a port belongs.", "Write a port from 1 to 65535.");
            }
        }

        return ports;
    }
}
