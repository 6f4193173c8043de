using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Seatrial.Engine.Yaml;

/// <summary>From a file to its tree.</summary>
internal static class YamlFile
{
    /// <summary>The tree of the file's one document, which is a mapping; null when there is none, its problems told.</summary>
    public static YamlNode.Map? Load(string file, ProblemList problems)
    {
        try
        {
            return Parse(file, File.ReadAllText(file), problems);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add(
                new SourcePosition(file, 1, 1), Severity.Error, $"{Path.GetFileName(file)} can't be read.",
                "Make the file readable for the user that runs this.", exception.Message);
            return null;
        }
    }

    /// <summary>The same from text.</summary>
    public static YamlNode.Map? Parse(string file, string text, ProblemList problems)
    {
        var parser = new Parser(new StringReader(text));
        try
        {
            return ReadDocument(file, parser, problems);
        }
        catch (YamlException exception)
        {
            var at = new SourcePosition(file, (int)exception.Start.Line, (int)exception.Start.Column);
            Tell(at, YamlReasons.Explain(exception.Message), problems);
        }
        catch (InvalidOperationException)
        {
            // YamlDotNet 18 loses its place so when a flow collection is not closed, and says nothing else.
            var end = parser.Current?.End ?? Mark.Empty;
            var at = new SourcePosition(file, (int)end.Line, (int)end.Column);
            Tell(at, YamlReasons.UnclosedCollection, problems);
        }

        return null;
    }

    private static YamlNode.Map? ReadDocument(string file, Parser parser, ProblemList problems)
    {
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _))
        {
            problems.Add(
                new SourcePosition(file, 1, 1), Severity.Error, $"{Path.GetFileName(file)} is empty.",
                "Write the system into it, or name another file.");
            return null;
        }

        if (new YamlTreeBuilder(file, parser, problems).Build() is not { } root)
        {
            return null;
        }

        parser.Consume<DocumentEnd>();
        if (parser.TryConsume<DocumentStart>(out var second))
        {
            problems.Add(
                new SourcePosition(file, (int)second.Start.Line, (int)second.Start.Column), Severity.Error,
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

    private static void Tell(SourcePosition at, YamlReason reason, ProblemList problems) =>
        problems.Add(
            at with { Line = Math.Max(1, at.Line), Column = Math.Max(1, at.Column) }, Severity.Error,
            $"{Path.GetFileName(at.File)} is not valid YAML here.", reason.Fix, reason.Why);
}
