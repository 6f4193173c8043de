using System.Text.Json;
using System.Text.Json.Serialization;

namespace Seatrial.Reports.Json;

/// <summary>A series of numbers on one line: a line a number would be most of the file.</summary>
internal sealed class OneLineConverter : JsonConverter<IReadOnlyList<long>>
{
    public override IReadOnlyList<long> Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            throw new JsonException("A series is an array of whole numbers.");
        }

        var numbers = new List<long>();
        while (reader.Read() && reader.TokenType is JsonTokenType.Number)
        {
            numbers.Add(reader.GetInt64());
        }

        return reader.TokenType is JsonTokenType.EndArray
            ? numbers
            : throw new JsonException("A series is an array of whole numbers.");
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<long> value, JsonSerializerOptions options) =>
        writer.WriteRawValue($"[{string.Join(", ", value)}]");
}
