using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Seatrial.Engine.Histories;

/// <summary>Writes an item as one JSON value.</summary>
internal delegate void LineFormat<TItem>(Utf8JsonWriter json, in TItem item);

/// <summary>Reads an item from its line.</summary>
internal delegate TItem LineParser<TItem>(ReadOnlySpan<byte> line);

/// <summary>The first line of an evidence file.</summary>
internal sealed record HeaderLine<T>([property: JsonPropertyName("header")] T Header);

/// <summary>The last line of each block.</summary>
internal sealed record BlockLine(
    [property: JsonPropertyName("block")] int Block, int Count, string Sha256);

/// <summary>The end of an evidence file.</summary>
internal sealed record EndLine<T>([property: JsonPropertyName("end")] long Total, T Facts);

/// <summary>How evidence is written: for machines, and still to be read with <c>zcat</c>.</summary>
internal static class EvidenceJson
{
    /// <summary>Files, not web pages: names of people need no escapes.</summary>
    public static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = Encoder,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The hash of a block and of all blocks before it.</summary>
    public static byte[] Chain(ReadOnlySpan<byte> before, ReadOnlySpan<byte> block)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(before);
        hash.AppendData(block);
        return hash.GetHashAndReset();
    }
}
