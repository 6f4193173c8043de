using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Seatrial.Engine.Compose;

namespace Seatrial.Engine.Environments;

/// <summary>
/// A service's declaration as short hashes of its parts, so that a change can be named: <c>image=1a2b3c4d,ports=…</c>.
/// </summary>
internal static class ConfigurationParts
{
    private const int Digits = 8;

    /// <summary>Of every part that says something.</summary>
    public static string Of(ComposeService service) => string.Join(',', Parts(service).Select(
        part => $"{part.Key}={part.Value}"));

    /// <summary>The parts that differ, in the file's words; empty when the text is of no known form.</summary>
    public static IReadOnlyList<string> Changed(string before, string now)
    {
        var (old, young) = (Parse(before), Parse(now));
        return
        [
            .. old.Keys.Union(young.Keys)
                .Where(part => old.GetValueOrDefault(part) != young.GetValueOrDefault(part))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<KeyValuePair<string, string>> Parts(ComposeService service)
    {
        var empty = JsonSerializer.SerializeToElement(new ComposeService { Name = service.Name });
        foreach (var part in JsonSerializer.SerializeToElement(ServiceHashes.Decisive(service)).EnumerateObject())
        {
            var text = part.Value.GetRawText();
            if (text != empty.GetProperty(part.Name).GetRawText())
            {
                var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
                yield return KeyValuePair.Create(
                    JsonNamingPolicy.SnakeCaseLower.ConvertName(part.Name), Convert.ToHexStringLower(hash)[..Digits]);
            }
        }
    }

    private static Dictionary<string, string> Parse(string text) => text
        .Split(',', StringSplitOptions.RemoveEmptyEntries)
        .Select(part => part.Split('='))
        .Where(part => part.Length is 2)
        .ToDictionary(part => part[0], part => part[1]);
}
