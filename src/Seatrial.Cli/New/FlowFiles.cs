using System.Globalization;
using System.Reflection;
using System.Text;

namespace Seatrial.Cli.New;

/// <summary>All that a new flow consists of, as a function of its name; nothing is written here.</summary>
internal static class FlowFiles
{
    private const string Templates = "new/";
    private const string Locks = "packages.lock.json";
    private const int SampleRecords = 600;

    private static readonly string[] _articles = ["tea", "coffee", "sugar", "rusk", "rope", "lamp oil", "chart"];

    /// <summary>Where a flow of this name lies.</summary>
    public static IReadOnlyList<string> Folders(string name) =>
        [$"flows/{name}", $"systems/{name}", $"tests/{name}.Tests"];

    /// <summary>In the order of their paths; the flow's lock of packages is that of a flow beside it.</summary>
    public static IReadOnlyList<NewFile> Of(string name, string root)
    {
        var files = Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(resource => resource.StartsWith(Templates, StringComparison.Ordinal))
            .Select(resource => new NewFile(
                resource[Templates.Length..].Replace("NAME", name, StringComparison.Ordinal), Fill(resource, name)))
            .Append(new NewFile($"systems/{name}/data/{name}.csv", Sample()));
        if (NeighbourLock(root) is { } packages)
        {
            files = files.Append(new NewFile($"flows/{name}/{Locks}", packages));
        }

        return [.. files.OrderBy(file => file.Path, StringComparer.Ordinal)];
    }

    private static string Fill(string resource, string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The program lost its resource {resource}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd()
            .Replace("{{name}}", name, StringComparison.Ordinal)
            .Replace("{{Name}}", char.ToUpperInvariant(name[0]) + name[1..], StringComparison.Ordinal);
    }

    private static string Sample()
    {
        var rows = new StringBuilder("number,article,quantity,price\n");
        for (var number = 1; number <= SampleRecords; number++)
        {
            var price = (decimal)(100 + (number * 37 % 900)) / 100;
            rows.Append(
                CultureInfo.InvariantCulture,
                $"{number},{_articles[number % _articles.Length]},{1 + (number * number % 9)},{price:0.00}\n");
        }

        return rows.ToString();
    }

    /// <summary>All flows stand on the same packages.</summary>
    private static string? NeighbourLock(string root) =>
        Directory.EnumerateFiles(Path.Combine(root, "flows"), Locks, SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllText)
            .FirstOrDefault();
}
