using System.Text.Json.Serialization;

namespace Rpa3;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ScoredAnswer))]
[JsonSerializable(typeof(PublishedAnswer))]
internal sealed partial class Rpa3Json : JsonSerializerContext;
