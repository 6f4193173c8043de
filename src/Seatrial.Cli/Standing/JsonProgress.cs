using System.Text.Json;
using Seatrial.Engine.Environments;

namespace Seatrial.Cli.Standing;

/// <summary>A JSON object a line and step, for programs: <c>kind</c>, <c>name</c>, <c>state</c>, <c>seconds</c>,
/// <c>detail</c>.</summary>
internal sealed class JsonProgress(TextWriter output) : IProgressView
{
    private readonly Lock _writing = new();

    public void Report(EnvironmentEvent value)
    {
        var line = JsonSerializer.Serialize(new
        {
            kind = value.Kind.ToString().ToLowerInvariant(),
            name = value.Name,
            state = value.State.ToString().ToLowerInvariant(),
            seconds = Math.Round(value.Elapsed.TotalSeconds, 3),
            detail = value.Detail,
        });
        lock (_writing)
        {
            output.WriteLine(line);
            output.Flush();
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
