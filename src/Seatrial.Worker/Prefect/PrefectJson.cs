using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Seatrial.Worker.Prefect;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FlowBody))]
[JsonSerializable(typeof(FlowRunBody))]
[JsonSerializable(typeof(SetStateBody))]
[JsonSerializable(typeof(IReadOnlyList<LogBody>))]
[JsonSerializable(typeof(IReadOnlyList<PrefectEvent>))]
[JsonSerializable(typeof(VariableBody))]
[JsonSerializable(typeof(ArtifactBody))]
[JsonSerializable(typeof(FlowRunQuery))]
[JsonSerializable(typeof(TaskRunQuery))]
[JsonSerializable(typeof(LogQuery))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(CreatedAnswer))]
[JsonSerializable(typeof(FlowRunAnswer))]
[JsonSerializable(typeof(SetStateAnswer))]
[JsonSerializable(typeof(VariableAnswer))]
[JsonSerializable(typeof(IReadOnlyList<FlowRunAnswer>))]
[JsonSerializable(typeof(IReadOnlyList<TaskRunAnswer>))]
[JsonSerializable(typeof(IReadOnlyList<LogAnswer>))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(LocalRun))]
[JsonSerializable(typeof(StepEntry))]
[JsonSerializable(typeof(LogEntry))]
internal sealed partial class PrefectJson : JsonSerializerContext;
