using Seatrial.Cli.Trends;
using Seatrial.Engine.Measurements.Bottlenecks;
using Seatrial.Engine.Runs;
using Seatrial.Engine.Trends;
using Seatrial.Engine.Tuning;
using Spectre.Console;

namespace Seatrial.Cli.Tuning;

/// <summary>Proposals and what they gave, on the terminal.</summary>
internal static class TuneText
{
    /// <summary><c>rpa2: deploy.replicas 1 → 2</c>.</summary>
    public static string Name(ResourceChange change) =>
        $"{change.Service}: {change.Setting} {ResourceSettings.Show(change.Setting, change.Now)} → "
        + ResourceSettings.Show(change.Setting, change.Proposed);

    /// <summary>What is to come.</summary>
    public static void WriteChoice(TuningChoice choice, ProgramHost host)
    {
        foreach (var tried in choice.Tried)
        {
            host.Out.WriteLine($"to try     {Name(tried.Proposal.Change)}{Against(tried.Proposal)}");
        }

        foreach (var untried in choice.Untried)
        {
            host.Out.WriteLine($"not tried  {Name(untried.Proposal.Change)}: {untried.Because}");
        }

        foreach (var cause in choice.Unmended)
        {
            host.Out.WriteLine($"no setting {cause.Name} at {cause.Where}: {cause.Recommendation}");
        }
    }

    /// <summary>What came of it.</summary>
    public static void Write(TuneReport report, ProgramHost host)
    {
        if (report.Tries.Count == 0)
        {
            host.Out.WriteLine(Nothing(report));
        }

        for (var i = 0; i < report.Tries.Count; i++)
        {
            WriteTry(i + 1, report.Tries[i], report, host);
        }

        foreach (var bad in report.Bad)
        {
            host.Out.WriteLine($"{VerdictSentences.Mark(bad.Verdict)} run {bad.RunId} did not pass, and ends it: "
                + VerdictSentences.Proven(bad));
        }

        var console = Consoles.For(host);
        if (report.Tries.Count > 0)
        {
            console.MarkupLine("[grey]Each run is one case: intervals are of ratios of medians, from runs drawn again "
                + "2,000 times, and few runs must be ranked apart as well (Mann-Whitney, 5 %). No file was changed."
                + "[/]");
        }

        console.MarkupLine($"[grey]repeat[/]  {Markup.Escape(report.Request.Command)}");
    }

    private static void WriteTry(int number, TuneTry one, TuneReport report, ProgramHost host)
    {
        var (console, result, proposal) = (Consoles.For(host), report.ResultOf(one), one.Tried.Proposal);
        console.WriteLine();
        console.MarkupLine($"[bold]{number}  {Markup.Escape(Name(proposal.Change))}[/]{Markup.Escape(Against(proposal))}");
        console.MarkupLine($"   [grey]expected[/]  {Markup.Escape(proposal.ExpectedGain)}");
        var mark = $"[{ChangeTable.Colour(result.Kind)}]{ChangeTable.Mark(result.Kind)}[/]";
        console.MarkupLine($"   [grey]found[/]     {mark} {Markup.Escape(result.Words)}");
        console.WriteLine();
        console.Write(ChangeTable.Rows(result.Changes));
        console.WriteLine();
        if (result.Kind is ChangeKind.Worse)
        {
            return;
        }

        host.Out.WriteLine($"To keep it, have in {Path.GetFileName(report.Files.Project.File)}:");
        WriteLines(ChangeLines.Compose(report.Files.Project, proposal.Change), host);
        if (ChangeLines.Spec(report.Files.Spec, proposal.Change) is { } lines)
        {
            host.Out.WriteLine("and in seatrial.yaml, which has the last word on it:");
            WriteLines(lines, host);
        }
    }

    private static void WriteLines(IReadOnlyList<string> lines, ProgramHost host)
    {
        foreach (var line in lines)
        {
            host.Out.WriteLine("  " + line);
        }

        host.Out.WriteLine();
    }

    private static string Against(ResourceProposal proposal) => proposal.Cause is { } cause
        ? $", against {cause} ({Figures.Percent(proposal.Confidence, 1)} sure)" : $": {proposal.Reason}";

    private static string Nothing(TuneReport report) => report.Choice switch
    {
        null => "Nothing was tried: the first run did not show what holds the system up.",
        { Unseen: { } why, Untried: [], Unmended: [] } => $"Nothing was tried: what holds the system up was not seen. {why}",
        { Untried: [], Unmended: [] } => "Nothing to try: nothing held the system up, and nothing has the wrong size.",
        { Untried: [] } => "Nothing to try: what holds the system up is no setting.",
        _ => "Nothing to try: none of the proposals can be had in this system.",
    };
}
