using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary><c>build</c>: a context, or a mapping. The context may not be there yet: publishing makes it.</summary>
internal static class BuildReader
{
    public static ComposeBuild? Read(Field field, ReadingContext context)
    {
        if (!field.Given)
        {
            return null;
        }

        if (!field.IsMap && !field.IsScalar)
        {
            field.WrongKind("a folder or a mapping", "Write the context's folder, or keys such as context.");
            return null;
        }

        var folder = field.IsMap ? field["context"] : field;
        var path = folder.Given ? Context(folder, context) : context.DirectoryOf(field);
        return path is null ? null : new ComposeBuild
        {
            Context = path,
            Dockerfile = Dockerfile(field["dockerfile"], path),
            Args = PairsReader.Read(field["args"], context.VariablesOf(field).ValueOf),
            Target = field["target"].Word(),
            Labels = PairsReader.Read(field["labels"]),
        };
    }

    private static string? Context(Field field, ReadingContext context)
    {
        if (field.Word() is not { } text)
        {
            return null;
        }

        if (!text.Contains("://", StringComparison.Ordinal) && !text.StartsWith("git@", StringComparison.Ordinal))
        {
            return ReadingContext.Absolute(field, context.DirectoryOf(field), text);
        }

        field.Error($"is {YamlWords.Shorten(text)}, and only folders are built.", "Clone it, and name the folder.");
        return null;
    }

    private static string Dockerfile(Field field, string contextPath) =>
        (field.Word() is { } text ? ReadingContext.Absolute(field, contextPath, text) : null)
        ?? Path.Combine(contextPath, "Dockerfile");
}
