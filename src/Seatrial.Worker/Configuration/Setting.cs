namespace Seatrial.Worker.Configuration;

/// <summary>A value as someone wrote it.</summary>
/// <param name="Text">Trimmed, never empty.</param>
/// <param name="Source">Where it came from, in the words of <see cref="Wire.ConfigurationValue"/>.</param>
/// <param name="Place">What to change: a variable, or a file with the key in it.</param>
internal sealed record Setting(string Text, string Source, string Place)
{
    /// <summary>An order to write another value.</summary>
    public string Set(string value) =>
        Source.StartsWith(Wire.ConfigurationValue.FromJson, StringComparison.Ordinal)
            ? $"set {Place} to {value}"
            : $"set {Place}={value}";
}
