using System.Text.Json;
using Seatrial.Engine.Drivers;

namespace Seatrial.Docker;

/// <summary>Reads what an engine writes while it builds, line by line, from either of its builders.</summary>
internal sealed class BuildOutput(IProgress<string>? output)
{
    private const int Kept = 40;

    private readonly BuildKitTrace _trace = new();
    private readonly Queue<string> _lines = new();
    private string? _id;
    private string? _error;

    public ImageBuildOutcome Outcome => new()
    {
        Id = _error is null ? _id : null,
        Error = _error ?? (_id is null ? "the engine ended the build without an image" : null),
        Output = [.. _lines],
    };

    /// <summary>Takes in one line of the engine's answer.</summary>
    public void Add(string line)
    {
        if (string.IsNullOrWhiteSpace(line))
        {
            return;
        }

        using var json = JsonDocument.Parse(line);
        var message = json.RootElement;
        if (message.TryGetProperty("errorDetail", out var detail) && detail.TryGetProperty("message", out var error))
        {
            _error = error.GetString();
        }

        if (message.TryGetProperty("stream", out var stream))
        {
            Say(stream.GetString()?.TrimEnd() ?? "");
        }

        if (message.TryGetProperty("aux", out var aux))
        {
            AddDetail(aux);
        }
    }

    /// <summary>The old builder's details are objects; BuildKit's are its own binary records.</summary>
    private void AddDetail(JsonElement aux)
    {
        if (aux.ValueKind is JsonValueKind.String)
        {
            foreach (var line in _trace.Read(aux.GetBytesFromBase64()))
            {
                Say(line);
            }
        }
        else if (aux.ValueKind is JsonValueKind.Object && aux.TryGetProperty("ID", out var id))
        {
            _id = id.GetString();
        }
    }

    private void Say(string line)
    {
        if (line.Length is 0)
        {
            return;
        }

        output?.Report(line);
        _lines.Enqueue(line);
        if (_lines.Count > Kept)
        {
            _lines.Dequeue();
        }
    }
}
