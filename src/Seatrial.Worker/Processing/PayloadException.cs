using System.Text.Json;

namespace Seatrial.Worker.Processing;

/// <summary>A payload is not what the flow reads; another attempt would not change that.</summary>
internal sealed class PayloadException(JsonException error) : Exception(
    $"The payload does not have the shape that this flow reads: {nameof(JsonException)}: {error.Message}", error);
