using System.Text.Json;
using Seatrial.Engine.Compose;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Specs;

/// <summary>
/// <c>suites.integration</c>. Its services may belong to profiles that are off; whether they run is seen when the suite
/// turns its profiles on.
/// </summary>
internal static class IntegrationReader
{
    /// <summary>Null where the file does not speak of it.</summary>
    public static IntegrationSpec? Read(Field field, ComposeProject project)
    {
        field.WrongKindUnlessMap();
        if (!field.Given)
        {
            return null;
        }

        var entrance = ServiceEndpoint.Read(field["entrance"], project);
        var counted = field["counted_in"].Word();
        Require(field, "entrance", "Write who answers POST /records, e.g. entrance: lb:8080.");
        Require(field, "counted_in", "Write the column of the published rows that counts records.");
        Pair(field, "rejected", "alert");
        Pair(field, "alert", "receiver");
        Pair(field, "alert", "rejected");
        var usual = new IntegrationSpec { Entrance = new ServiceEndpoint("", 0), CountedIn = "" };
        return entrance is null || counted is null ? null : new IntegrationSpec
        {
            Profiles = field["profiles"].TextOrTexts(),
            Records = field["records"].Whole(1) ?? usual.Records,
            Entrance = entrance,
            CountedIn = counted,
            Rejected = Json(field["rejected"]),
            Prometheus = ServiceEndpoint.Read(field["prometheus"], project),
            Receiver = ServiceEndpoint.Read(field["receiver"], project),
            Alert = field["alert"].Word(),
            Prefect = ServiceEndpoint.Read(field["prefect"], project),
        };
    }

    private static void Require(Field field, string key, string fix)
    {
        if (!field[key].Given)
        {
            field.Error($"has no {key}.", fix);
        }
    }

    private static void Pair(Field field, string key, string needed)
    {
        if (field[key].Given && !field[needed].Given)
        {
            field[key].Error($"means nothing without {needed}.", $"Write {needed} too, or leave {key} out.");
        }
    }

    private static string? Json(Field field)
    {
        if (field.Text() is not { } text)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return text;
            }
        }
        catch (JsonException)
        {
            // Told below.
        }

        field.Error($"is {YamlWords.Shorten(text)}, not a JSON object.", "Write a payload: '{\"year\": \"1872\"}'.");
        return null;
    }
}
