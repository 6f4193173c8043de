using Seatrial.Testing;

namespace Seatrial.Bench.Environments;

/// <summary>A Compose file that every contender understands, in a folder of its own.</summary>
internal sealed class ComposeCopies : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seatrial-bench-").FullName;

    private ComposeCopies(string text)
    {
        File = Path.Combine(_folder, "compose.yaml");
        System.IO.File.WriteAllText(File, text);
    }

    public string File { get; }

    /// <summary>The RPA system without builds, and without what docker-compose 1.29 has no word for.</summary>
    public static ComposeCopies Rpa()
    {
        var lines = System.IO.File.ReadLines(Repository.PathOf("systems/rpa/compose.yaml"))
            .Where(line => !line.StartsWith("name:", StringComparison.Ordinal)
                && !line.Contains("${COMPOSE_PROFILES", StringComparison.Ordinal));
        var text = Without(Without(Without(lines, "    build:"), "    prefect:"), "  prefect:");
        return new ComposeCopies(string.Join('\n', text.Append("")));
    }

    /// <summary>Services that wait for nothing and have no health check.</summary>
    public static ComposeCopies Independent(int count) => new(
        "services:\n" + string.Concat(Enumerable.Range(1, count).Select(number =>
            $"  s{number}:\n    image: debian:bookworm-slim\n    command: [sleep, '3600']\n    init: true\n")));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The lines without those that are a key, by its whole line, and what is below it.</summary>
    private static IEnumerable<string> Without(IEnumerable<string> lines, string key)
    {
        var depth = key.Length - key.TrimStart().Length;
        var isDropping = false;
        foreach (var line in lines)
        {
            isDropping = line == key || (isDropping && line.Length - line.TrimStart().Length > depth);
            if (!isDropping)
            {
                yield return line;
            }
        }
    }
}
