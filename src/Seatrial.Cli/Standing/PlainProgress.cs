using System.Globalization;
using Seatrial.Engine.Environments;

namespace Seatrial.Cli.Standing;

/// <summary>A line a step, for logs and pipes.</summary>
internal sealed class PlainProgress(TextWriter output) : IProgressView
{
    private readonly Lock _writing = new();

    public void Report(EnvironmentEvent value)
    {
        if (value.State is ResourceState.Creating or ResourceState.Starting)
        {
            return;
        }

        lock (_writing)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{value.Elapsed.TotalSeconds,6:0.0} s  {value.Name,-24} {ProgressWords.Of(value)}"));
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
