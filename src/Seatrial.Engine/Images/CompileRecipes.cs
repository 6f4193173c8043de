using System.Xml.Linq;

namespace Seatrial.Engine.Images;

/// <summary>From a publish to its <see cref="CompileRecipe"/>, where it has one.</summary>
internal static class CompileRecipes
{
    private static readonly string[] _written = ["out", "refout", "pdb", "doc", "errorlog", "generatedfilesout"];

    /// <summary>
    /// Null where more than the compiler may be at work: steps of the project's own, or a published assembly that is
    /// not the compiler's.
    /// </summary>
    public static CompileRecipe? From(
        PublishDecision decision, CompilerCall call, string root, FileHashes hashes)
    {
        var folder = Path.GetDirectoryName(decision.Spec.Project) ?? "/";
        var own = decision.Sources.Keys.ToDictionary(name => Path.GetFullPath(name, root));
        var read = new Dictionary<string, string>();
        var written = new List<(string Option, string Path)>();
        var compiled = new List<string>();
        foreach (var argument in call.Arguments)
        {
            var (option, path) = Split(argument, folder);
            if (option is not null && _written.Contains(option))
            {
                written.Add((option, path));
            }
            else if (option is null && own.TryGetValue(path, out var name))
            {
                compiled.Add(name);
            }
            else if (File.Exists(path) && !own.ContainsKey(path))
            {
                read[path] = hashes.Of(path);
            }
        }

        var products = ProductsOf(written, decision.Spec.Output, hashes);
        if (compiled.Count is 0 || products is null || own.Keys.Any(HasStepsOfItsOwn)
            || call.Arguments.Any(argument => argument.Contains('\n', StringComparison.Ordinal)))
        {
            return null;
        }

        var revision = GitRevision.Of(folder);
        return new CompileRecipe
        {
            Compiler = Path.Combine(call.Folder, "bincore", "csc.dll"),
            Folder = folder,
            Arguments = call.Arguments,
            Sources = compiled,
            Inputs = read,
            Products = products,
            Revision = read.Keys.Any(path => Mentions(path, revision)) ? revision : null,
        };
    }

    /// <summary>
    /// <c>/reference:alias=path</c> as option and full path; without an option for a source. As the compiler does, a
    /// slash is taken for a path's where a second one follows before any colon.
    /// </summary>
    internal static (string? Option, string Path) Split(string argument, string folder)
    {
        var colon = argument.IndexOf(':', StringComparison.Ordinal);
        var slash = argument.IndexOf('/', Math.Min(1, argument.Length));
        var isOption = argument.StartsWith('/') && !(slash > 0 && (colon < 0 || slash < colon));
        if (!isOption)
        {
            return (null, Path.GetFullPath(argument.Trim('"'), folder));
        }

        if (colon < 0)
        {
            return (argument[1..], "");
        }

        var (option, value) = (argument[1..colon], argument[(colon + 1)..]);
        var start = option is "reference" ? value.IndexOf('=', StringComparison.Ordinal) + 1 : 0;
        var text = value[start..];
        var path = option is "resource" or "linkresource" ? text.Split(',')[0] : text;
        return (option, path.Trim('"') is { Length: > 0 } bare ? Path.GetFullPath(bare, folder) : "");
    }

    /// <summary>Null where the output's assembly, or what lies beside it, is not what the compiler wrote.</summary>
    private static Dictionary<string, string>? ProductsOf(
        List<(string Option, string Path)> written, string output, FileHashes hashes)
    {
        if (written.Find(file => file.Option is "out").Path is not { } assembly)
        {
            return null;
        }

        string[] candidates =
        [
            assembly, Path.ChangeExtension(assembly, ".pdb"),
            .. written.Where(file => file.Option is "pdb" or "doc").Select(file => file.Path),
        ];
        var products = candidates
            .Distinct()
            .Select(path => (path, Published: Path.Combine(output, Path.GetFileName(path))))
            .Where(file => File.Exists(file.Published))
            .ToDictionary(file => file.path, file => file.Published);
        return products.ContainsKey(assembly)
            && products.All(file => File.Exists(file.Key) && hashes.Of(file.Key) == hashes.Of(file.Value))
                ? products
                : null;
    }

    /// <summary>A target may read any source.</summary>
    private static bool HasStepsOfItsOwn(string path) =>
        path.EndsWith("proj", StringComparison.Ordinal) || path.EndsWith(".props", StringComparison.Ordinal)
            || path.EndsWith(".targets", StringComparison.Ordinal)
            ? XDocument.Load(path).Descendants().Any(element =>
                element.Name.LocalName is "Target" or "UsingTask" or "PreBuildEvent" or "PostBuildEvent")
            : false;

    /// <summary>Only what the build itself wrote, and wrote as text, can name a commit.</summary>
    private static bool Mentions(string path, string? revision) =>
        revision is not null
        && path.EndsWith(".cs", StringComparison.Ordinal) | path.EndsWith(".json", StringComparison.Ordinal)
        && File.ReadAllText(path).Contains(revision, StringComparison.Ordinal);
}

/// <summary>A run of the compiler within a publish.</summary>
/// <param name="Folder">Of the compiler.</param>
/// <param name="Arguments">As in a response file, one each.</param>
internal sealed record CompilerCall(string Folder, IReadOnlyList<string> Arguments);
