using System.Text.Json.Serialization;

namespace Seatrial.Worker.Tests.Processing;

/// <summary>What the tests' records carry.</summary>
internal sealed record Number([property: JsonPropertyName("n")] int Value);

[JsonSerializable(typeof(Number))]
internal sealed partial class TestJson : JsonSerializerContext;
