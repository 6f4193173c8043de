using System.Text.Json.Serialization;

namespace Rpa1;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SurveyRow))]
[JsonSerializable(typeof(CleanAnswer))]
[JsonSerializable(typeof(IntakeResult))]
internal sealed partial class Rpa1Json : JsonSerializerContext;
