using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Seatrial.Architecture.Tests;

/// <summary>Rules that are seen in a file's text; each gives the places that break it.</summary>
internal static class SourceRules
{
    public const int LongestFile = 300;
    public const int LongestLine = 120;
    public const int LongestMethod = 60;
    public const int MostParameters = 5;

    /// <summary>
    /// Long files and long lines. A row of a test's table may be long: wrapped, it is no table. So may a text: cut, it
    /// is not found by those who look for what they read on the terminal.
    /// </summary>
    public static IEnumerable<string> TooLong(SourceFile file)
    {
        if (file.Lines.Length > LongestFile)
        {
            yield return $"{file.Path}: {file.Lines.Length} lines";
        }

        for (var i = 0; i < file.Lines.Length; i++)
        {
            var isTableRow = file.Lines[i].TrimStart().StartsWith("[InlineData(", StringComparison.Ordinal);
            if (file.Lines[i].Length > LongestLine && !isTableRow && !IsText(file, i))
            {
                yield return $"{file.Path}:{i + 1}: {file.Lines[i].Length} characters";
            }
        }
    }

    private static bool IsText(SourceFile file, int line)
    {
        var end = file.Root.SyntaxTree.GetText().Lines[line].Start + LongestLine;
        return file.Root.FindNode(new Microsoft.CodeAnalysis.Text.TextSpan(end, 0), getInnermostNodeForTie: true)
            .AncestorsAndSelf()
            .Any(node => node is LiteralExpressionSyntax or InterpolatedStringExpressionSyntax);
    }

    public static IEnumerable<string> LongMethods(SourceFile file) =>
        from member in file.Root.DescendantNodes()
        where member is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax
        let span = member.GetLocation().GetLineSpan()
        let lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1
        where lines > LongestMethod
        select $"{file.At(member)}: {lines} lines";

    /// <summary>Data may have many fields; what works on it may not have many needs.</summary>
    public static IEnumerable<string> WideConstructors(SourceFile file) =>
        from node in file.Root.DescendantNodes()
        let parameters = node switch
        {
            ClassDeclarationSyntax type => type.ParameterList,
            ConstructorDeclarationSyntax { Parent: ClassDeclarationSyntax } constructor => constructor.ParameterList,
            _ => null,
        }
        where parameters?.Parameters.Count > MostParameters
        select $"{file.At(node)}: {parameters.Parameters.Count} parameters";

    public static IEnumerable<string> NullForgiving(SourceFile file) =>
        from node in file.Root.DescendantNodes()
        where node.IsKind(SyntaxKind.SuppressNullableWarningExpression)
        select $"{file.At(node)}: {node}";

    /// <summary>Namespace = folder; the project's folder stands for its name.</summary>
    public static IEnumerable<string> ForeignNamespaces(SourceFile file)
    {
        // A flow's folder is its short name, and C# writes namespaces with a capital.
        var expected = string.Join(
            '.', file.Path.Split('/')[1..^1].Select(step => char.ToUpperInvariant(step[0]) + step[1..]));
        return from node in file.Root.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>()
               where node.Name.ToString() != expected
               select $"{file.At(node)}: {node.Name}, not {expected}";
    }

    /// <summary>Places that switch a warning off, with whether they say why.</summary>
    public static IEnumerable<(string Place, bool HasReason)> Suppressions(SourceFile file)
    {
        var everything = file.Root.DescendantNodes(descendIntoTrivia: true);
        foreach (var pragma in everything.OfType<PragmaWarningDirectiveTriviaSyntax>())
        {
            if (pragma.DisableOrRestoreKeyword.IsKind(SyntaxKind.DisableKeyword))
            {
                yield return (file.At(pragma), pragma.ToFullString().Contains("//", StringComparison.Ordinal));
            }
        }

        foreach (var attribute in file.Root.DescendantNodes().OfType<AttributeSyntax>())
        {
            if (attribute.Name.ToString().EndsWith("SuppressMessage", StringComparison.Ordinal))
            {
                var hasReason = attribute.ToString().Contains("Justification = \"", StringComparison.Ordinal);
                yield return (file.At(attribute), hasReason);
            }
        }
    }
}
