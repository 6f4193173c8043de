using Seatrial.Engine.Images;
using Seatrial.Engine.Runs;

namespace Seatrial.Cli.Trials;

/// <summary>The image step in the words of a trial: one line a subject that something is done about.</summary>
internal sealed class ImageNotes(IProgress<TrialProgress> view) : IProgress<ImageProgress>
{
    private readonly HashSet<string> _told = [];
    private readonly Lock _telling = new();

    public void Report(ImageProgress value)
    {
        lock (_telling)
        {
            if (_told.Add(value.Subject))
            {
                view.Report(new TrialProgress.Note($"{value.Subject}: {value.Line}"));
            }
        }
    }

    /// <summary>What was done, in a few words.</summary>
    public static string Sum(ImageOutcome outcome)
    {
        var done = outcome.Steps
            .Where(step => step.Action is not (ImageAction.Keep or ImageAction.Remove))
            .GroupBy(step => Verb(step.Action))
            .Select(group => $"{group.Count()} {group.Key}")
            .ToList();
        return done.Count == 0 ? "nothing changed" : string.Join(", ", done);
    }

    private static string Verb(ImageAction action) => action switch
    {
        ImageAction.Keep => "kept",
        ImageAction.Publish => "published",
        ImageAction.Build => "built",
        ImageAction.Pull => "pulled",
        ImageAction.Make => "made",
        ImageAction.Remove => "removed",
    };
}
