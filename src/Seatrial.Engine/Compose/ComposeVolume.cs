namespace Seatrial.Engine.Compose;

/// <summary>A named volume as declared; <see cref="Name"/> is set only when the file fixes it.</summary>
public sealed record ComposeVolume
{
    public string? Name { get; init; }

    public string Driver { get; init; } = "local";

    public bool External { get; init; }

    public IReadOnlyDictionary<string, string> DriverOptions { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}
