using Seatrial.Engine.Compose;

namespace Seatrial.Testing;

/// <summary>A key of Compose, and what stands in a file without and with it.</summary>
public sealed record ComposeKeyCase(string Key, string Without, string With)
{
    private const string Service = "services.*.";

    private const string Base =
        """
        services:
          app: {image: app}
          db: {image: db, user: u, healthcheck: {test: x}}
        networks: {data: {}}
        volumes: {files: {}}
        secrets: {token: {content: x}, filed: {file: token.txt}, outer: {external: true}}
        configs: {settings: {content: x}}
        """;

    private static readonly Dictionary<string, string> _environment = new() { ["TOKEN"] = "secret" };

    /// <summary>Every key, as <c>ComposeKeys.txt</c> has them.</summary>
    public static IReadOnlyList<ComposeKeyCase> All { get; } =
    [
        .. File.ReadLines(Repository.PathOf("tests/Seatrial.Testing/ComposeKeys.txt"))
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Split(" | "))
            .Select(parts => new ComposeKeyCase(parts[0], parts[1].Trim(), parts[2])),
    ];

    /// <summary>Reads the file without the key, then with it, then what is printed of that.</summary>
    public (ComposeReading Without, ComposeReading With, ComposeReading Again) Read()
    {
        var folder = Directory.CreateTempSubdirectory("seatrial-key-").FullName;
        try
        {
            Write("compose.yaml", Base);
            Write("other.yaml", "services: {other: {build: ctx, user: '${U:-none}'}}\n");
            Write("other.env", "U=me\n");
            Write("app.env", "A='quoted'\n");
            Write("app.labels", "com.example=1\n");
            Write("token.txt", "secret");
            var without = Over(Without);
            var with = Over(With);
            Write("again.yaml", with.Canonical(asJson: false) ?? "");
            return (without, with, ComposeReader.Read(Path.Combine(folder, "again.yaml"), _environment));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        void Write(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);

        ComposeReading Over(string lines)
        {
            Write("compose.override.yaml", Key.StartsWith(Service, StringComparison.Ordinal)
                ? $"services:\n  app:\n    x-nothing: 1\n    {lines}\n"
                : $"x-nothing: 1\n{lines}\n");
            return ComposeReader.Read(folder, _environment);
        }
    }
}
