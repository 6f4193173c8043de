using Seatrial.Engine.Compose;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Specs;

/// <summary><c>publish</c>: .NET projects and where their output goes.</summary>
internal static class PublishReader
{
    public static IReadOnlyList<PublishSpec> Read(Field field, ReadingContext context)
    {
        var all = new List<PublishSpec>();
        var owners = new Dictionary<string, string>();
        foreach (var item in field.Given ? field.Items() : [])
        {
            if (ReadItem(item, context) is not { } publish)
            {
                continue;
            }

            all.Add(publish);
            if (!owners.TryAdd(publish.Output, item.Path))
            {
                item["output"].Error(
                    $"is the output of {owners[publish.Output]} as well.", "Give each a folder of its own.");
            }
        }

        return all;
    }

    private static PublishSpec? ReadItem(Field field, ReadingContext context)
    {
        var project = Required.Value(field, "project", "the .csproj to publish", item => context.PathOf(item));
        var output = Required.Value(field, "output", "the folder for its output", item => context.PathOf(item));
        if (project is not null && !File.Exists(project))
        {
            field["project"].Error(
                $"names {project}, which is not there.", "Mend the path; it starts from this file's folder.");
        }

        return project is null || output is null
            ? null
            : new PublishSpec(project, output, context.PathOf(field["runtime"]));
    }
}
