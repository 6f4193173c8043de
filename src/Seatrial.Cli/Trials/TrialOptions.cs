using Seatrial.Engine.Runs;
using Seatrial.Suites;

namespace Seatrial.Cli.Trials;

/// <summary>What the command line asked of a trial.</summary>
internal sealed record TrialOptions
{
    public required string System { get; init; }

    public required string Suite { get; init; }

    public required int? Records { get; init; }

    public required ulong Seed { get; init; }

    public required string? Out { get; init; }

    public required bool Keep { get; init; }

    /// <summary>Whether no threshold asks for good runs before it: it is to become the first.</summary>
    public bool IsBaseline { get; init; }

    /// <summary>Images that services run in place of their own.</summary>
    public IReadOnlyDictionary<string, ImageUse> Instead { get; init; } = new Dictionary<string, ImageUse>();

    /// <summary>The command that the trial is a part of; null where it is one of its own.</summary>
    public string? PartOf { get; init; }

    /// <summary>What the run store calls it, where that is not its suite: a part of another command is nothing to hold
    /// a trial against.</summary>
    public string? KeptAs => PartOf is null ? null : RunEntry.Comparison;

    /// <summary>The command line that repeats the trial, with the seed that chance gave.</summary>
    public string Command => PartOf ?? string.Join(' ', Words());

    private IEnumerable<string> Words()
    {
        yield return "./seatrial trial";
        yield return System;
        if (Suite is not ContainerTestSuite.Distributed)
        {
            yield return $"--suite {Suite}";
        }

        if (Records is { } records)
        {
            yield return $"--records {records}";
        }

        yield return $"--seed {Seed}";
        if (Keep)
        {
            yield return "--keep";
        }

        if (IsBaseline)
        {
            yield return "--baseline";
        }
    }
}
