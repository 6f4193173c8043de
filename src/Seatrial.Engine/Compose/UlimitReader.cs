using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary><c>ulimits</c>: one number, or a soft and a hard one.</summary>
internal static class UlimitReader
{
    public static IReadOnlyDictionary<string, ComposeUlimit> Read(Field field)
    {
        var limits = new OrderedDictionary<string, ComposeUlimit>();
        foreach (var (name, value) in field.Given ? field.Entries() : [])
        {
            if (!value.IsMap)
            {
                if (value.Whole(-1) is { } both)
                {
                    limits[name] = new ComposeUlimit(both, both);
                }

                continue;
            }

            var soft = value["soft"].Whole(-1);
            var hard = value["hard"].Whole(-1);
            if (soft is null || hard is null)
            {
                value.Error("lacks soft or hard.", "Write both: {soft: 1024, hard: 2048}.");
            }
            else if (hard is not -1 && (soft > hard || soft is -1))
            {
                value.Error($"has soft ({soft}) above hard ({hard}).", "Lower soft, or raise hard.");
            }
            else
            {
                limits[name] = new ComposeUlimit(soft.Value, hard.Value);
            }
        }

        return limits;
    }
}
