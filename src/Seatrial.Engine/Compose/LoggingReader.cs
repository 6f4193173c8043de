using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary><c>logging</c>.</summary>
internal static class LoggingReader
{
    public static ComposeLogging? Read(Field field)
    {
        field.WrongKindUnlessMap();
        return field.IsMap
            ? new ComposeLogging { Driver = field["driver"].Word(), Options = PairsReader.Read(field["options"]) }
            : null;
    }
}
