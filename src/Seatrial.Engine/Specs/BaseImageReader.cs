using Seatrial.Engine.Compose;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Specs;

/// <summary><c>bases</c>: images that others are built on, in the file's order.</summary>
internal static class BaseImageReader
{
    public static IReadOnlyList<BaseImageSpec> Read(Field field, ReadingContext context)
    {
        var all = new List<BaseImageSpec>();
        foreach (var (image, value) in field.Given ? field.Entries() : [])
        {
            if (BuildReader.Read(value, context) is { } build)
            {
                all.Add(new BaseImageSpec(image, build));
            }
        }

        return all;
    }
}
