using Seatrial.Engine.Runs;

namespace Seatrial.Engine.Images;

/// <summary>What is done, or would be done, about a part of the image step.</summary>
public enum ImageAction
{
    /// <summary>It is as it should be.</summary>
    Keep,

    /// <summary>A .NET project goes into a build context.</summary>
    Publish,

    Build,

    Pull,

    /// <summary>The foundation image is made from Debian's packages.</summary>
    Make,

    /// <summary>An old version that no container needs goes.</summary>
    Remove,
}

/// <summary>One part of the image step.</summary>
public sealed record ImageStep
{
    public required ImageAction Action { get; init; }

    /// <summary>An image's reference with its key, a foreign image's reference, or a project's name.</summary>
    public required string Subject { get; init; }

    /// <summary>Why, with the names of what changed; the most telling first.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    public TimeSpan Duration { get; init; }
}

/// <summary>The images of a system.</summary>
public sealed record ImageOutcome
{
    /// <summary>What each service runs, by service.</summary>
    public required IReadOnlyDictionary<string, ImageUse> Services { get; init; }

    /// <summary>What was done and why, in the order in which it began.</summary>
    public required IReadOnlyList<ImageStep> Steps { get; init; }
}

/// <summary>A line of what is going on.</summary>
/// <param name="Subject">As in <see cref="ImageStep.Subject"/>.</param>
/// <param name="Line">What a builder or a program said.</param>
public sealed record ImageProgress(string Subject, string Line);
