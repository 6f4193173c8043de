using System.CommandLine;
using System.Globalization;
using Seatrial.Cli.Systems;
using Seatrial.Engine;
using Seatrial.Engine.Images;

namespace Seatrial.Cli.Building;

/// <summary><c>seatrial build SYSTEM [--why]</c>.</summary>
internal static class BuildCommand
{
    public static Command Create(ProgramHost host)
    {
        var system = new Argument<string>("system") { Description = "A folder with a Compose file, or the file." };
        var why = new Option<bool>("--why") { Description = "Say what would be built and why, and build nothing." };
        var command =
            new Command("build", "Build the system's images, where something that decides their content changed.")
        {
            system,
            why,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetRequiredValue(system), parsed.GetValue(why), host, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        string system, bool explainOnly, ProgramHost host, CancellationToken cancellationToken)
    {
        var files = SystemFiles.Read(system, host);
        await using var driver = await EngineAccess.OpenAsync(host, cancellationToken);
        var builder = new ImageBuilder(driver, host.Clock);
        var steps = explainOnly
            ? await builder.ExplainAsync(files.Project, files.Spec.Images, cancellationToken)
            : (await builder.EnsureAsync(
                files.Project, files.Spec.Images, new BuildLines(host), cancellationToken)).Steps;
        foreach (var step in steps)
        {
            await host.Out.WriteLineAsync(Line(step, explainOnly));
            foreach (var reason in step.Reasons.Skip(1))
            {
                await host.Out.WriteLineAsync($"{"",-48}{reason}");
            }
        }

        return (int)ExitCode.Pass;
    }

    private static string Line(ImageStep step, bool explainOnly)
    {
        var time = explainOnly || step.Action is ImageAction.Keep
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $" ({step.Duration.TotalSeconds:0.0} s)");
        return $"{Verb(step.Action, explainOnly),-14}{step.Subject + time,-33} {step.Reasons[0]}";
    }

    /// <summary>What is done, or would be.</summary>
    public static string Verb(ImageAction action, bool explainOnly) => action switch
    {
        ImageAction.Keep => "up to date",
        ImageAction.Publish => explainOnly ? "would publish" : "published",
        ImageAction.Build => explainOnly ? "would build" : "built",
        ImageAction.Pull => explainOnly ? "would pull" : "pulled",
        ImageAction.Make => explainOnly ? "would make" : "made",
        ImageAction.Remove => explainOnly ? "would remove" : "removed",
    };
}
