using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Seatrial.Engine.Yaml;

/// <summary>From a file to its tree.</summary>
internal static class YamlFile
{
    /// <summary>
    /// The tree of the file's one document, which is a mapping; null when there is none, its problems told.
    /// </summary>
    public static YamlNode.Map? Load(string file, ProblemList problems)
    {
        try
        {
            return Parse(file, File.ReadAllText(file), problems);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.AddOfFile(
                file, Severity.Error, $"{Path.GetFileName(file)} can't be read.",
                "Make the file readable for the user that runs this.", exception.Message);
            return null;
        }
    }

    /// <summary>The same from text.</summary>
    public static YamlNode.Map? Parse(string file, string text, ProblemList problems)
    {
        var parser = new Parser(new StringReader(text));
        var builder = new YamlTreeBuilder(file, parser, problems);
        try
        {
            return ReadDocument(file, parser, builder, problems);
        }
        catch (YamlException exception)
        {
            Tell(file, exception.Start, YamlReasons.Explain(exception.Message), builder, problems);
        }
        catch (InvalidOperationException)
        {
            // YamlDotNet 18 loses its place so when a flow collection is not closed, and says nothing else.
            Tell(file, parser.Current?.End ?? Mark.Empty, YamlReasons.UnclosedCollection, builder, problems);
        }

        return null;
    }

    private static YamlNode.Map? ReadDocument(
        string file, Parser parser, YamlTreeBuilder builder, ProblemList problems)
    {
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _))
        {
            problems.Add(
                new SourcePosition(file, 1, 1), Severity.Error, $"{Path.GetFileName(file)} is empty.",
                "Write the system into it, or name another file.");
            return null;
        }

        if (builder.Build() is not { } root)
        {
            return null;
        }

        parser.Consume<DocumentEnd>();
        if (parser.TryConsume<DocumentStart>(out var second))
        {
            problems.Add(
                Position(file, second.Start), Severity.Error,
                $"{Path.GetFileName(file)} holds a second document, which is not honoured.",
                "Write all into one document, without --- in between.");
        }

        if (root is YamlNode.Map map)
        {
            return map;
        }

        problems.Add(
            root.Position, Severity.Error,
            $"{Path.GetFileName(file)} is {YamlWords.Describe(root)}, where a mapping belongs.",
            "Begin it with keys, each followed by a colon.");
        return null;
    }

    private static void Tell(
        string file, Mark mark, YamlReason reason, YamlTreeBuilder builder, ProblemList problems)
    {
        var opened = reason == YamlReasons.UnclosedCollection ? builder.InnermostOpen : null;
        problems.Add(
            opened ?? Position(file, mark),
            Severity.Error,
            $"{Path.GetFileName(file)} is not valid YAML here.",
            reason.Fix,
            reason.Why);
    }

    private static SourcePosition Position(string file, Mark mark) =>
        new(file, (int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));
}
