namespace Seatrial.Wire;

/// <summary>One setting as a container uses it; secrets are masked.</summary>
/// <param name="Name">Its variable, also when it came from elsewhere.</param>
/// <param name="Value">As written, or the default.</param>
/// <param name="Source"><c>variable</c>, <c>file PATH</c>, <c>json PATH:key</c> or <c>default</c>.</param>
public sealed record ConfigurationValue(string Name, string Value, string Source)
{
    public const string FromVariable = "variable";

    public const string FromDefault = "default";

    public const string FromFile = "file ";

    public const string FromJson = "json ";
}
