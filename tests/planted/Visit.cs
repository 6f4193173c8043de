using System.Text.Json.Serialization;

namespace Planted;

/// <summary>What a record says, as far as it is read.</summary>
internal sealed record Visit(int? Year);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(Visit))]
internal sealed partial class PlantedJson : JsonSerializerContext;
