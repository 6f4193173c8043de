namespace Seatrial.Engine.Images;

/// <summary>An image's name as people write it, taken apart at the tag or digest.</summary>
public sealed record ImageReference
{
    /// <summary>Without tag or digest: <c>debian</c>, <c>registry:5000/team/app</c>.</summary>
    public required string Name { get; init; }

    /// <summary><c>latest</c> where nothing is said; null beside a digest.</summary>
    public string? Tag { get; init; }

    /// <summary><c>sha256:…</c>.</summary>
    public string? Digest { get; init; }

    /// <summary>Takes a reference apart.</summary>
    public static ImageReference Parse(string reference)
    {
        if (reference.IndexOf('@', StringComparison.Ordinal) is var at and >= 0)
        {
            return new ImageReference { Name = Parse(reference[..at]).Name, Digest = reference[(at + 1)..] };
        }

        // A colon before the last slash belongs to a registry's port.
        var colon = reference.LastIndexOf(':');
        return colon > reference.LastIndexOf('/')
            ? new ImageReference { Name = reference[..colon], Tag = reference[(colon + 1)..] }
            : new ImageReference { Name = reference, Tag = "latest" };
    }

    /// <inheritdoc/>
    public override string ToString() => Digest is null ? $"{Name}:{Tag}" : $"{Name}@{Digest}";
}
