using System.Text.Json.Nodes;
using Seatrial.Engine;

namespace Seatrial.Cli.Validating;

/// <summary>Problems as a JSON list.</summary>
internal static class ProblemsAsJson
{
    public static string Write(IReadOnlyList<Problem> problems) =>
        JsonForm.Text(new JsonArray([.. problems.Select(Of)]));

    private static JsonObject Of(Problem problem)
    {
        var json = new JsonObject
        {
            ["severity"] = problem.Severity is Severity.Error ? "error" : "warning",
            ["what"] = problem.What,
            ["where"] = problem.Where,
        };
        if (problem.At is { } at)
        {
            json["file"] = at.File;
            if (at.Line > 0)
            {
                json["line"] = at.Line;
                json["column"] = at.Column;
            }
        }

        if (problem.Why is not null)
        {
            json["why"] = problem.Why;
        }

        json["fix"] = problem.Fix;
        return json;
    }
}
