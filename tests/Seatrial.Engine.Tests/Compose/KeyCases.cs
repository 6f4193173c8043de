using Seatrial.Engine.Compose;
using Seatrial.Testing;

namespace Seatrial.Engine.Tests.Compose;

/// <summary>What becomes of a key of Compose.</summary>
internal enum KeyOutcome
{
    /// <summary>The model has it.</summary>
    Honoured,

    /// <summary>A warning says that it is not honoured.</summary>
    Reported,

    /// <summary>An error says what to do in its place.</summary>
    Refused,

    /// <summary>A key of the user's own.</summary>
    Free,

    /// <summary>Nobody says a word: that must not be.</summary>
    Dropped,
}

/// <summary>A key, and a file without and with it.</summary>
internal sealed record KeyCase(string Key, string Without, string With)
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

    public static IReadOnlyList<KeyCase> All { get; } =
    [
        .. File.ReadLines(Repository.PathOf("tests/Seatrial.Engine.Tests/Compose/Conformance/keys.txt"))
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Split(" | "))
            .Select(parts => new KeyCase(parts[0], parts[1].Trim(), parts[2])),
    ];

    /// <summary>What reading shows.</summary>
    public KeyOutcome Outcome()
    {
        using var folder = Folder();
        var without = Read(folder, Without);
        var with = Read(folder, With);
        Assert.True(without.Project is not null, $"{Key}: {string.Join('\n', without.Problems)}");
        if (with.Project is not { } project)
        {
            return KeyOutcome.Refused;
        }

        if (with.Problems.Any(problem => problem.What.Contains("not honoured", StringComparison.Ordinal)))
        {
            return KeyOutcome.Reported;
        }

        Assert.True(with.Problems.Count is 0, $"{Key}: {string.Join('\n', with.Problems)}");
        return ModelText.Of(project) != ModelText.Of(without.Project) ? KeyOutcome.Honoured
            : Key.Contains("x-", StringComparison.Ordinal) ? KeyOutcome.Free
            : KeyOutcome.Dropped;
    }

    /// <summary>The readings of what is printed, beside the one that it is printed of.</summary>
    public (ComposeReading First, ComposeReading Again) Twice()
    {
        using var folder = Folder();
        var first = Read(folder, With);
        folder.With("again.yaml", first.Canonical(asJson: false) ?? "");
        return (first, ComposeReader.Read(Path.Combine(folder.Path, "again.yaml"), folder.Environment));
    }

    private ComposeReading Read(SystemFolder folder, string lines)
    {
        var text = Key.StartsWith(Service, StringComparison.Ordinal)
            ? $"services:\n  app:\n    x-nothing: 1\n    {lines}\n"
            : $"x-nothing: 1\n{lines}\n";
        return folder.With("compose.override.yaml", text).Read();
    }

    private static SystemFolder Folder()
    {
        var folder = new SystemFolder()
            .With("compose.yaml", Base)
            .With("other.yaml", "services: {other: {build: ctx, user: '${U:-none}'}}\n")
            .With("other.env", "U=me\n")
            .With("app.env", "A='quoted'\n")
            .With("app.labels", "com.example=1\n")
            .With("token.txt", "secret");
        folder.Environment["TOKEN"] = "secret";
        return folder;
    }
}
