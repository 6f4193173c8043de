using System.Text.Json;
using System.Text.Json.Serialization;

namespace Seatrial.Reports.Json;

/// <summary>Durations as seconds, exact to the tick: decimal, since a double is not.</summary>
internal sealed class SecondsConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var ticks = reader.GetDecimal() * TimeSpan.TicksPerSecond;
        return ticks is >= long.MinValue and <= long.MaxValue
            ? TimeSpan.FromTicks((long)ticks)
            : throw new JsonException($"{reader.GetDecimal()} seconds are beyond what a duration holds.");
    }

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.Ticks / (decimal)TimeSpan.TicksPerSecond);
}
