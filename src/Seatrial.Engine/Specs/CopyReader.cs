using Seatrial.Engine.Compose;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Specs;

/// <summary><c>copy</c>: folders of this machine that become parts of build contexts.</summary>
internal static class CopyReader
{
    public static IReadOnlyList<CopySpec> Read(Field field, ReadingContext context)
    {
        var all = new List<CopySpec>();
        foreach (var item in field.Given ? field.Items() : [])
        {
            var from = Required.Value(item, "from", "a folder, or a variable that may name one", FieldValues.Text);
            var to = Required.Value(item, "to", "the folder for its files", context.PathOf);
            if (from is not null && to is not null)
            {
                var source = string.IsNullOrWhiteSpace(from)
                    ? null : ReadingContext.Absolute(item["from"], context.Directory, from);
                all.Add(new CopySpec(source, to));
            }
        }

        return all;
    }
}
