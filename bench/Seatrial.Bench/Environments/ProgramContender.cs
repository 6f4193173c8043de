using System.Diagnostics;

namespace Seatrial.Bench.Environments;

/// <summary>A program that brings a Compose file up.</summary>
/// <param name="name">For people.</param>
/// <param name="copy">The file.</param>
/// <param name="commands">Its commands, of the file and the project's name.</param>
internal sealed class ProgramContender(
    string name, ComposeCopies copy, Func<string, string, (string[] Up, string[] Down)> commands) : UpContender(name)
{
    private const string Project = "seatrialbench";

    public override async Task<UpTimes> RunAsync()
    {
        var (up, down) = commands(copy.File, Project);
        var began = Stopwatch.GetTimestamp();
        await Programs.RunAsync(up);
        await HealthyAsync();
        var upTime = Stopwatch.GetElapsedTime(began);
        began = Stopwatch.GetTimestamp();
        await Programs.RunAsync(down);
        return new UpTimes(upTime, Stopwatch.GetElapsedTime(began));
    }

    /// <summary>Programs that do not wait for health are waited for, at their engine's word.</summary>
    private async Task HealthyAsync()
    {
        if (Name.StartsWith("Seatrial", StringComparison.Ordinal))
        {
            return;
        }

        while ((await Programs.RunAsync(
            "docker", "ps", "--quiet", "--filter", $"label=com.docker.compose.project={Project}",
            "--filter", "health=starting")).Length > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }
}
