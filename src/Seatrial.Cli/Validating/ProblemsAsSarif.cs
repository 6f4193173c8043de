using System.Text.Json.Nodes;
using Seatrial.Engine;

namespace Seatrial.Cli.Validating;

/// <summary>
/// Problems in the Static Analysis Results Interchange Format 2.1.0, which code hosts and editors show at the lines.
/// </summary>
internal static class ProblemsAsSarif
{
    private const string Rule = "system-files";

    /// <summary>Paths below <paramref name="root"/> are written relative to it, as code hosts want them.</summary>
    public static string Write(IReadOnlyList<Problem> problems, string root) => JsonForm.Text(new JsonObject
    {
        ["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json",
        ["version"] = "2.1.0",
        ["runs"] = new JsonArray(new JsonObject
        {
            ["tool"] = new JsonObject
            {
                ["driver"] = new JsonObject
                {
                    ["name"] = "seatrial",
                    ["rules"] = new JsonArray(new JsonObject
                    {
                        ["id"] = Rule,
                        ["shortDescription"] = new JsonObject { ["text"] = "A fault in a system's files." },
                    }),
                },
            },
            ["originalUriBaseIds"] = new JsonObject
            {
                ["ROOT"] = new JsonObject { ["uri"] = new Uri(root.TrimEnd('/') + "/").AbsoluteUri },
            },
            ["results"] = new JsonArray([.. problems.Select(problem => Result(problem, root))]),
        }),
    });

    private static JsonObject Result(Problem problem, string root) => new()
    {
        ["ruleId"] = Rule,
        ["level"] = problem.Severity is Severity.Error ? "error" : "warning",
        ["message"] = new JsonObject
        {
            ["text"] = string.Join(' ', new[] { problem.What, problem.Why, problem.Fix }.OfType<string>()),
        },
        ["locations"] = problem.At is { } at && Path.IsPathRooted(at.File)
            ? new JsonArray(new JsonObject { ["physicalLocation"] = Location(at, root) })
            : new JsonArray(),
    };

    private static JsonObject Location(SourcePosition at, string root)
    {
        var relative = Path.GetRelativePath(root, at.File);
        var isBelow = !relative.StartsWith("..", StringComparison.Ordinal);
        var artifact = isBelow
            ? new JsonObject
            {
                ["uri"] = string.Join('/', relative.Split('/').Select(Uri.EscapeDataString)),
                ["uriBaseId"] = "ROOT",
            }
            : new JsonObject { ["uri"] = new Uri(at.File).AbsoluteUri };
        var location = new JsonObject { ["artifactLocation"] = artifact };
        if (at.Line > 0)
        {
            location["region"] = new JsonObject { ["startLine"] = at.Line, ["startColumn"] = at.Column };
        }

        return location;
    }
}
