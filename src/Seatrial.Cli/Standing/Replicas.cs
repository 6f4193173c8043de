using System.Globalization;
using Seatrial.Engine;
using Seatrial.Engine.Compose;
using Seatrial.Engine.Text;

namespace Seatrial.Cli.Standing;

/// <summary>How many of each service.</summary>
internal static class Replicas
{
    private const int Most = 200;

    /// <summary>From words such as <c>rpa1=3</c>.</summary>
    /// <exception cref="SeatrialException">What is wrong with them.</exception>
    public static Dictionary<string, int> Read(IReadOnlyList<string> words, ComposeProject project)
    {
        var replicas = new Dictionary<string, int>();
        foreach (var word in words)
        {
            var parts = word.Split('=');
            if (parts.Length is not 2
                || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                || count > Most)
            {
                throw Wrong($"'{word}' does not say how many of a service.", $"Write SERVICE=N, N from 0 to {Most}.");
            }

            if (!project.Services.ContainsKey(parts[0]))
            {
                throw Wrong(
                    $"There is no service '{parts[0]}'.",
                    Suggestions.DidYouMean(parts[0], project.Services.Keys)
                        + $"There are: {string.Join(", ", project.Services.Keys)}.");
            }

            replicas[parts[0]] = count;
        }

        return replicas;

        SeatrialException Wrong(string what, string fix) => new(ExitCode.Usage, what, project.File, fix);
    }
}
