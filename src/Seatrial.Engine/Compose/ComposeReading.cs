using Seatrial.Engine.Compose.Canonical;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary>What reading a Compose file gave: <see cref="Project"/> unless one of the problems is an error.</summary>
/// <param name="Project">Null when there is an error.</param>
/// <param name="Problems">Errors and warnings, in the order of the lines.</param>
public sealed record ComposeReading(ComposeProject? Project, IReadOnlyList<Problem> Problems)
{
    /// <summary>All files laid over each other, as the project was read from it; null when it can't be had.</summary>
    internal YamlNode.Map? Tree { get; init; }

    /// <summary>What could be read in spite of errors.</summary>
    internal ComposeProject? Draft { get; init; }

    /// <summary>
    /// The project as one file in Compose's canonical form, as YAML or JSON; read again, it gives the same project.
    /// Null when there is none.
    /// </summary>
    public string? Canonical(bool asJson)
    {
        if (Project is null)
        {
            return null;
        }

        var form = CanonicalForm.Of(Project, Tree);
        return asJson ? YamlText.Json(form) : YamlText.Yaml(form);
    }
}
