using System.Text.Json;
using System.Text.Json.Serialization;
using Seatrial.Engine.Checks;
using Seatrial.Engine.Histories;
using Seatrial.Engine.Recovery;
using Seatrial.Engine.Runs;

namespace Seatrial.Reports.Json;

/// <summary>The shape of <c>report.json</c>, generated at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters =
    [
        typeof(LowerCase<Verdict>), typeof(LowerCase<Measure>), typeof(LowerCase<EventKind>),
        typeof(SecondsConverter), typeof(SeedConverter), typeof(HistoryEventConverter), typeof(OneLineConverter),
        typeof(OneLineAmountsConverter),
    ])]
[JsonSerializable(typeof(RunResult))]
[JsonSerializable(typeof(ReportedEvent))]
internal sealed partial class RunJson : JsonSerializerContext;

/// <summary>Enums by their names in lower case.</summary>
internal sealed class LowerCase<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
