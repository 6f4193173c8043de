using System.Text.Json.Serialization;
using Seatrial.Wire;

namespace Seatrial.Worker.Health;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(HealthReport))]
[JsonSerializable(typeof(StartupReport))]
internal sealed partial class HealthJson : JsonSerializerContext;
