using Seatrial.Engine.Images;

namespace Seatrial.Cli.Building;

/// <summary>What is going on, one line a subject: builders' own output shows only when they fail.</summary>
internal sealed class BuildLines(ProgramHost host) : IProgress<ImageProgress>
{
    private readonly HashSet<string> _told = [];
    private readonly Lock _telling = new();

    public void Report(ImageProgress value)
    {
        lock (_telling)
        {
            if (_told.Add(value.Subject))
            {
                host.Error.WriteLine($"… {value.Subject}: {value.Line}");
            }
        }
    }
}
