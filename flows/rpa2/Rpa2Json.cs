using System.Text.Json.Serialization;

namespace Rpa2;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(CleanAnswer))]
[JsonSerializable(typeof(Score))]
[JsonSerializable(typeof(ScoredAnswer))]
internal sealed partial class Rpa2Json : JsonSerializerContext;
