using Seatrial.Engine.Drivers;

namespace Seatrial.Engine.Images;

/// <summary>What every part of an image step works with.</summary>
internal sealed record ImageWorkshop
{
    public required IImages Images { get; init; }

    public required ICanBuildImages Builder { get; init; }

    public required ImageStore Store { get; init; }

    public required FileHashes Hashes { get; init; }

    public required TimeProvider Clock { get; init; }

    public IProgress<ImageProgress>? Progress { get; init; }

    public void Say(string subject, string line) => Progress?.Report(new ImageProgress(subject, line));
}
