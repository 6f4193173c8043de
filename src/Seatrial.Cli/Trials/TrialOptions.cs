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

    /// <summary>The command line that repeats the trial, with the seed that chance gave.</summary>
    public string Command => string.Join(' ', Words());

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
    }
}
