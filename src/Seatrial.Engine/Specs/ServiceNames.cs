using Seatrial.Engine.Compose;
using Seatrial.Engine.Text;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Specs;

/// <summary>Names that stand for services of the Compose file.</summary>
internal static class ServiceNames
{
    /// <summary>Tells when the Compose file has no such service.</summary>
    public static void Check(string name, Field field, ComposeProject project)
    {
        if (!project.Services.ContainsKey(name))
        {
            field.Error(
                $"names the service {YamlWords.Shorten(name)}, which {Path.GetFileName(project.File)} does not have.",
                Suggestions.DidYouMean(name, project.Services.Keys)
                + $"Write one of: {string.Join(", ", project.Services.Keys)}.");
        }
    }
}
