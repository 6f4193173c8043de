using System.Xml.Linq;

namespace Seatrial.Architecture.Tests;

/// <summary>A project, or a file of properties that projects share, as XML says it.</summary>
internal sealed record ProjectFile(string Name, IReadOnlyList<string> References)
{
    /// <summary>Reads one.</summary>
    public static ProjectFile Read(string path) =>
        Parse(Path.GetFileNameWithoutExtension(path), File.ReadAllText(path));

    public static ProjectFile Parse(string name, string xml) => new(
        name,
        [
            .. XDocument.Parse(xml).Descendants("ProjectReference")
                .Select(reference => reference.Attribute("Include")?.Value.Replace('\\', '/') ?? "")
                .Select(path => Path.GetFileNameWithoutExtension(path)),
        ]);

    /// <summary>What it references and must not.</summary>
    public IEnumerable<string> Forbidden(IEnumerable<string> allowed) =>
        References.Except(allowed).Select(reference => $"{Name} → {reference}");
}
