using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Seatrial.Reports.Json;

/// <summary>The same for amounts, of which some are not known.</summary>
internal sealed class OneLineAmountsConverter : JsonConverter<IReadOnlyList<double?>>
{
    public override IReadOnlyList<double?> Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            throw new JsonException("A series is an array of numbers.");
        }

        var numbers = new List<double?>();
        while (reader.Read() && reader.TokenType is JsonTokenType.Number or JsonTokenType.Null)
        {
            numbers.Add(reader.TokenType is JsonTokenType.Null ? null : reader.GetDouble());
        }

        return reader.TokenType is JsonTokenType.EndArray
            ? numbers
            : throw new JsonException("A series is an array of numbers.");
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<double?> value, JsonSerializerOptions options) =>
        writer.WriteRawValue(
            $"[{string.Join(", ", value.Select(one => one?.ToString("R", CultureInfo.InvariantCulture) ?? "null"))}]");
}
