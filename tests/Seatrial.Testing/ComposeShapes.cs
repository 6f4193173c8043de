namespace Seatrial.Testing;

/// <summary>Compose files in the shapes that projects really have them, written anew.</summary>
public static class ComposeShapes
{
    private const string Folder = "tests/Seatrial.Testing/Shapes";

    /// <summary>Their names, in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Directory.EnumerateFiles(Repository.PathOf(Folder), "*.yaml")
            .Select(Path.GetFileNameWithoutExtension).OfType<string>().Order(StringComparer.Ordinal),
    ];

    /// <summary>The text of one.</summary>
    public static string Text(string name) =>
        File.ReadAllText(Path.Combine(Repository.PathOf(Folder), $"{name}.yaml"));
}
