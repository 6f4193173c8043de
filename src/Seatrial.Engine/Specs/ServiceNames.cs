using Seatrial.Engine.Compose;
using Seatrial.Engine.Text;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Specs;

/// <summary>Names that stand for services of the Compose file.</summary>
internal static class ServiceNames
{
    /// <summary>Tells when the Compose file has no such service, or its profiles are off.</summary>
    public static void Check(string name, Field field, ComposeProject project) =>
        Check(name, field, project, [.. project.Services.Keys]);

    /// <summary>Tells when the Compose file has no such service, whatever profiles are on.</summary>
    public static void CheckDeclared(string name, Field field, ComposeProject project) =>
        Check(name, field, project, project.DeclaredServices());

    private static void Check(string name, Field field, ComposeProject project, IReadOnlyCollection<string> known)
    {
        if (!known.Contains(name))
        {
            field.Error(
                $"names the service {YamlWords.Shorten(name)}, which {Path.GetFileName(project.File)} does not have.",
                Suggestions.DidYouMean(name, known) + $"Write one of: {string.Join(", ", known)}.");
        }
    }
}
