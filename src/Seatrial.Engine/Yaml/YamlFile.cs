using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Seatrial.Engine.Yaml;

/// <summary>From a file to its tree.</summary>
internal static class YamlFile
{
    /// <summary>
    /// The tree of the file's one document, which is a mapping; null when there is none, its problems told.
    /// </summary>
    public static YamlNode.Map? Load(string file, ProblemList problems) =>
        TextOf(file, problems) is { } text ? Parse(file, text, problems) : null;

    /// <summary>
    /// The trees of a file's documents, each a mapping, whose values may bear merge tags; null when there is none.
    /// </summary>
    public static IReadOnlyList<YamlNode.Map>? LoadAll(string file, ProblemList problems) =>
        TextOf(file, problems) is { } text ? ParseAll(file, text, problems) : null;

    /// <summary>The one document of a text.</summary>
    public static YamlNode.Map? Parse(string file, string text, ProblemList problems) =>
        Read(file, text, takesSeveral: false, problems) is { Count: > 0 } documents ? documents[0] : null;

    /// <summary>All documents of a text.</summary>
    public static IReadOnlyList<YamlNode.Map>? ParseAll(string file, string text, ProblemList problems) =>
        Read(file, text, takesSeveral: true, problems);

    /// <summary>A file's text; null when it can't be read, the problem told.</summary>
    public static string? TextOf(string file, ProblemList problems)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.AddOfFile(
                file, Severity.Error, $"{Path.GetFileName(file)} can't be read.",
                "Make the file readable for the user that runs this.", exception.Message);
            return null;
        }
    }

    private static List<YamlNode.Map>? Read(string file, string text, bool takesSeveral, ProblemList problems)
    {
        var parser = new Parser(new StringReader(text));
        var builder = new YamlTreeBuilder(file, parser, takesSeveral, problems);
        try
        {
            return ReadDocuments(file, parser, builder, takesSeveral ? int.MaxValue : 1, problems);
        }
        catch (YamlException exception)
        {
            Tell(file, exception.Start, YamlReasons.Explain(exception.Message), builder, problems);
        }
        catch (ArgumentException)
        {
            // YamlDotNet 18 says so of a tag such as !![, whose place it does not tell.
            Tell(file, parser.Current?.End ?? Mark.Empty, YamlReasons.WrongTag, builder, problems);
        }
        catch (InvalidOperationException)
        {
            // YamlDotNet 18 loses its place so when a flow collection is not closed, and says nothing else.
            Tell(file, parser.Current?.End ?? Mark.Empty, YamlReasons.UnclosedCollection, builder, problems);
        }

        return null;
    }

    private static List<YamlNode.Map>? ReadDocuments(
        string file, Parser parser, YamlTreeBuilder builder, int most, ProblemList problems)
    {
        parser.Consume<StreamStart>();
        var documents = new List<YamlNode.Map>();
        if (parser.Accept<StreamEnd>(out _))
        {
            problems.Add(
                new SourcePosition(file, 1, 1), Severity.Error, $"{Path.GetFileName(file)} is empty.",
                "Write the system into it, or name another file.");
            return null;
        }

        while (parser.TryConsume<DocumentStart>(out var start))
        {
            if (documents.Count == most)
            {
                problems.Add(
                    Position(file, start.Start), Severity.Error,
                    $"{Path.GetFileName(file)} holds a second document, which is not honoured.",
                    "Write all into one document, without --- in between.");
                return documents;
            }

            builder.ForgetAnchors();
            if (builder.Build() is not { } root)
            {
                return null;
            }

            parser.Consume<DocumentEnd>();
            if (root is YamlNode.Map map)
            {
                documents.Add(map);
            }
            else if (documents.Count is 0 || root is not YamlNode.Scalar { Kind: ScalarKind.Null })
            {
                problems.Add(
                    root.Position, Severity.Error,
                    $"{Path.GetFileName(file)} is {YamlWords.Describe(root)}, where a mapping belongs.",
                    "Begin it with keys, each followed by a colon.");
                return null;
            }
        }

        return documents;
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
