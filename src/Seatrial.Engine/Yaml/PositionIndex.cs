namespace Seatrial.Engine.Yaml;

/// <summary>Where each value of a tree stands, by its path.</summary>
internal static class PositionIndex
{
    public static IReadOnlyDictionary<string, SourcePosition> Of(Field root)
    {
        var positions = new Dictionary<string, SourcePosition>();
        AddBelow(root, positions);
        return positions;
    }

    private static void AddBelow(Field field, Dictionary<string, SourcePosition> positions)
    {
        var below = field.IsMap ? field.Entries().Select(entry => entry.Value) : field.IsList ? field.Items() : [];
        foreach (var inner in below)
        {
            positions[inner.Path] = inner.At;
            AddBelow(inner, positions);
        }
    }
}
