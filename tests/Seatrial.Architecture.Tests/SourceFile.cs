using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Seatrial.Testing;

namespace Seatrial.Architecture.Tests;

/// <summary>A C# file of the repository.</summary>
internal sealed record SourceFile(string Path, string Text)
{
    private static readonly string[] Folders = ["src", "flows", "tests", "bench"];

    public SyntaxNode Root { get; } = CSharpSyntaxTree.ParseText(Text).GetRoot();

    public string[] Lines { get; } = Text.TrimEnd('\n').Split('\n');

    /// <summary>All, or those of one folder, by their paths in the repository.</summary>
    public static IEnumerable<SourceFile> All(params string[] folders) =>
        from folder in folders.Length is 0 ? Folders : folders
        from path in Directory.GetFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories)
        let relative = System.IO.Path.GetRelativePath(Repository.Root, path)
        where !relative.Contains("/obj/", StringComparison.Ordinal)
        orderby relative
        select new SourceFile(relative, File.ReadAllText(path));

    /// <summary>A place in it, as editors open it.</summary>
    public string At(SyntaxNode node) => $"{Path}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}";
}
