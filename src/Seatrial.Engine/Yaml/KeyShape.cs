namespace Seatrial.Engine.Yaml;

/// <summary>Which keys a mapping may have; of a list, which keys its items may have.</summary>
internal sealed record KeyShape
{
    /// <summary>Keys that are read, each with the shape of its value when that has fixed keys in turn.</summary>
    public IReadOnlyDictionary<string, KeyShape?> Honoured { get; init; } = new Dictionary<string, KeyShape?>();

    /// <summary>Keys that are right to write, but that Seatrial does nothing with.</summary>
    public IReadOnlyDictionary<string, KeyShape?> Unhonoured { get; init; } = new Dictionary<string, KeyShape?>();

    /// <summary>The shape of every value, where keys are names of the user's choice.</summary>
    public KeyShape? Each { get; init; }

    /// <summary>Keys without a shape of their own.</summary>
    public static Dictionary<string, KeyShape?> Plain(params IReadOnlyList<string> keys) =>
        keys.ToDictionary(key => key, _ => (KeyShape?)null);
}
