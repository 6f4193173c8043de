using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Seatrial.Reports.Json;

/// <summary>
/// 64 unsigned bits as a string of digits: JavaScript and jq read numbers as doubles, and a seed that lost its last
/// digits repeats another run. Only seeds and log positions are that wide, and the latter have their own form.
/// </summary>
internal sealed class SeedConverter : JsonConverter<ulong>
{
    public override ulong Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ulong.TryParse(reader.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
            ? seed
            : throw new JsonException($"'{reader.GetString()}' is not a seed: digits, at most {ulong.MaxValue}.");

    public override void Write(Utf8JsonWriter writer, ulong value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
}
