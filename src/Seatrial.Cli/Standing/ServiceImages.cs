using Seatrial.Cli.Building;
using Seatrial.Engine.Compose;
using Seatrial.Engine.Images;

namespace Seatrial.Cli.Standing;

/// <summary>The image of each service, by id.</summary>
internal sealed class ServiceImages(StandingSystem system, ProgramHost host)
{
    private const string NotThere = "none yet";

    private readonly ImageBuilder _builder = new(system.Driver, host.Clock)
    {
        KeepsCompiler = true,
        PrunesLater = true,
    };

    private IReadOnlyList<ImageStep> _done = [];

    /// <summary>Builds what is to be built.</summary>
    public async Task<IReadOnlyDictionary<string, string>> EnsureAsync(
        ComposeProject project, CancellationToken cancellationToken)
    {
        var images = await _builder.EnsureAsync(
            project, system.Files.Images, new BuildLines(host), cancellationToken);
        _done = images.Steps;
        return images.Services.ToDictionary(image => image.Key, image => image.Value.Id);
    }

    /// <summary>Removes old versions of what was built.</summary>
    public Task PruneAsync(CancellationToken cancellationToken) => _builder.PruneAsync(_done, cancellationToken);

    /// <summary>What there is now.</summary>
    public async Task<IReadOnlyDictionary<string, string>> PresentAsync(
        ComposeProject project, CancellationToken cancellationToken)
    {
        var images = new Dictionary<string, string>();
        foreach (var service in project.Services.Values)
        {
            images[service.Name] =
                (await system.Driver.Images.InspectAsync(project.ImageOf(service), cancellationToken))?.Id ?? NotThere;
        }

        return images;
    }

    /// <summary>Says what would be built; those images count as not there.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ExplainAsync(
        ComposeProject project, CancellationToken cancellationToken)
    {
        var images = new Dictionary<string, string>(await PresentAsync(project, cancellationToken));
        foreach (var step in await _builder.ExplainAsync(project, system.Files.Images, cancellationToken))
        {
            if (step.Action is ImageAction.Keep)
            {
                continue;
            }

            await host.Out.WriteLineAsync(UpPlanText.Line(
                BuildCommand.Verb(step.Action, explainOnly: true), "image", step.Subject, step.Reasons[0]));
            var name = ImageReference.Parse(step.Subject).Name;
            foreach (var service in project.Services.Values)
            {
                if (ImageReference.Parse(project.ImageOf(service)).Name == name)
                {
                    images[service.Name] = NotThere;
                }
            }
        }

        return images;
    }
}
