using Seatrial.Engine.Compose;
using Seatrial.Engine.Text;

namespace Seatrial.Engine.Images;

/// <summary>When an image that is not built here is pulled, as a service's <c>pull_policy</c> says.</summary>
/// <param name="Policy">As written.</param>
/// <param name="Where">Where it is written.</param>
internal sealed record PullRule(string Policy, string Where)
{
    /// <summary>The least age of the last pull that calls for another one; null where age does not matter.</summary>
    private TimeSpan? Interval => Policy switch
    {
        "always" or "refresh" => TimeSpan.Zero,
        "daily" => TimeSpan.FromDays(1),
        "weekly" => TimeSpan.FromDays(7),
        ['e', 'v', 'e', 'r', 'y', '_', .. var interval] => Durations.Parse(interval),
        _ => null,
    };

    /// <summary>Whether it must not be pulled at all.</summary>
    public bool Forbids => Policy is "never";

    /// <summary>
    /// Of each image that a service runs but does not build; the one that pulls soonest, where there are several.
    /// </summary>
    public static IReadOnlyDictionary<string, PullRule> Of(ComposeProject project) => project.Services.Values
        .Where(service => service is { PullPolicy: not null, Build: null, Image: not null })
        .Select(service => (
            Reference: ImageReference.Parse(project.ImageOf(service)).ToString(),
            Rule: new PullRule(
                service.PullPolicy ?? "", project.PositionOf($"services.{service.Name}.pull_policy").ToString())))
        .GroupBy(one => one.Reference)
        .ToDictionary(
            image => image.Key,
            image => image.Select(one => one.Rule)
                .OrderBy(rule => rule.Forbids)
                .ThenBy(rule => rule.Interval ?? TimeSpan.MaxValue)
                .First());

    /// <summary>Whether an image that is there is pulled again.</summary>
    public bool IsDue(DateTimeOffset? lastPull, DateTimeOffset now) =>
        Interval is { } interval && (lastPull is null || now - lastPull >= interval);
}
