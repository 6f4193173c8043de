using System.Text.Json.Nodes;
using Seatrial.Cli.Trends;
using Seatrial.Cli.Validating;
using Seatrial.Engine.Measurements.Bottlenecks;
using Seatrial.Engine.Runs;
using Seatrial.Engine.Tuning;

namespace Seatrial.Cli.Tuning;

/// <summary>The same for machines.</summary>
internal static class TuneJson
{
    public static void Write(TuneReport report, ProgramHost host) => host.Out.Write(JsonForm.Text(new JsonObject
    {
        ["system"] = report.Files.Project.Name,
        ["command"] = report.Request.Command,
        ["exitCode"] = (int)report.Exit,
        ["rounds"] = report.Request.Rounds,
        ["look"] = report.Look.RunId,
        ["runs"] = Runs(report.AsIs),
        ["tried"] = new JsonArray([.. report.Tries.Select(one => Of(one, report))]),
        ["notTried"] = new JsonArray([.. (report.Choice?.Untried ?? []).Select(Of)]),
        ["didNotPass"] = new JsonArray([.. report.Bad.Select(Of)]),
        ["notSeen"] = report.Choice?.Unseen,
        ["noSetting"] = new JsonArray([.. (report.Choice?.Unmended ?? []).Select(Of)]),
    }));

    private static JsonObject Of(TuneTry one, TuneReport report)
    {
        var (result, change) = (report.ResultOf(one), one.Tried.Proposal.Change);
        var form = Of(one.Tried.Proposal);
        form["is"] = result.Kind.ToString().ToLowerInvariant();
        form["found"] = result.Words;
        form["changes"] = new JsonArray([.. result.Changes.Select(RunJsonForm.Of)]);
        form["runs"] = Runs(one.Runs);
        form["keepInCompose"] = Lines(ChangeLines.Compose(report.Files.Project, change));
        form["keepInSpec"] = ChangeLines.Spec(report.Files.Spec, change) is { } lines ? Lines(lines) : null;
        return form;
    }

    private static JsonObject Of(RunResult bad) => new()
    {
        ["run"] = bad.RunId,
        ["verdict"] = bad.Verdict.ToString().ToLowerInvariant(),
        ["because"] = VerdictSentences.Proven(bad),
    };

    private static JsonObject Of(UntriedProposal untried)
    {
        var form = Of(untried.Proposal);
        form["because"] = untried.Because;
        return form;
    }

    private static JsonObject Of(Bottleneck cause) => new JsonObject
    {
        ["cause"] = cause.Name,
        ["where"] = cause.Where,
        ["recommendation"] = cause.Recommendation,
    };

    private static JsonObject Of(ResourceProposal proposal) => new()
    {
        ["service"] = proposal.Change.Service,
        ["setting"] = proposal.Change.Setting,
        ["now"] = proposal.Change.Now,
        ["proposed"] = proposal.Change.Proposed,
        ["cause"] = proposal.Cause,
        ["confidence"] = proposal.Confidence,
        ["expected"] = proposal.ExpectedGain,
    };

    private static JsonArray Runs(IReadOnlyList<RunResult> runs) =>
        new([.. runs.Select(run => (JsonNode)run.RunId)]);

    private static JsonArray Lines(IReadOnlyList<string> lines) => new([.. lines.Select(line => (JsonNode)line)]);
}
