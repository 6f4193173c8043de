using System.Text;
using Seatrial.Engine.Checks;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Recovery;
using Seatrial.Engine.Runs;

namespace Seatrial.Reports;

/// <summary><c>summary.md</c>: what a pull request shows.</summary>
public sealed class MarkdownReport : IReportWriter
{
    private const int MostFindings = 5;

    /// <inheritdoc/>
    public string FileName => "summary.md";

    /// <inheritdoc/>
    public string Render(RunResult result)
    {
        var text = new StringBuilder();
        text.Append($"## {VerdictSentences.Mark(result.Verdict)} {VerdictSentences.Word(result.Verdict)}");
        text.Append($" · {Escaped(result.System)}\n\n");
        text.Append($"**{Escaped(VerdictSentences.Proven(result))}**\n\n");
        text.Append($"Run {Code(result.RunId)} · seed {Code($"{result.Seed}")} · ");
        text.Append($"{Figures.Duration(result.Duration)} · {result.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC\n");
        WriteDoubts(text, result);
        WriteFindings(text, result);
        foreach (var suite in result.Suites)
        {
            WriteSuite(text, suite, LoadClock.Of(result, suite));
        }

        var fence = new string('`', Math.Max(3, LongestRun(result.Command) + 1));
        text.Append($"\nTo repeat it:\n\n{fence}sh\n{Printable.Of(result.Command)}\n{fence}\n");
        return text.ToString();
    }

    private static void WriteDoubts(StringBuilder text, RunResult result)
    {
        var doubts = VerdictSentences.FurtherDoubts(result);
        if (doubts.Count > 0)
        {
            text.Append("\nWhat is not known, and why:\n\n");
            text.AppendJoin("", doubts.Select(doubt => $"- {Escaped(doubt)}\n"));
        }
    }

    private static void WriteFindings(StringBuilder text, RunResult result)
    {
        var findings = result.Suites
            .SelectMany(suite => suite.Checks)
            .Where(check => check.Verdict is Verdict.Fail)
            .SelectMany(check => check.Findings.Select(finding => (check.Id, finding.Record, finding.Story)))
            .ToArray();
        if (findings.Length == 0)
        {
            return;
        }

        text.Append("\n### What went wrong\n\n");
        foreach (var (id, record, story) in findings.Take(MostFindings))
        {
            text.Append($"- **{Escaped(id)}** {Code(record)}: {Escaped(story)}\n");
        }

        if (findings.Length > MostFindings)
        {
            text.Append($"- and {Figures.Count(findings.Length - MostFindings)} more in `report.html`\n");
        }
    }

    private static void WriteSuite(StringBuilder text, SuiteResult suite, LoadClock clock)
    {
        text.Append($"\n### {VerdictSentences.Mark(suite.Verdict)} Suite {Escaped(suite.Name)}");
        text.Append($" · {Figures.Duration(suite.Duration)}\n");
        WriteTable(
            text,
            ["", "check", "offences >", "what was seen"],
            suite.Checks.Select(check => (string[])
            [
                VerdictSentences.Mark(check.Verdict),
                $"**{Escaped(check.Id)}** {Escaped(check.Title)}",
                CheckFigures.Offences(check),
                Escaped(check.Summary),
            ]));
        WriteTable(
            text,
            ["", "fault", "due at", "injected >", "confirmed >", "healed >", "confirmed healed >"],
            suite.Faults.Select(fault => Row(fault, clock)));
        if (suite.Faults.Count > 0)
        {
            text.Append($"\nTimes are since {clock.Since}.\n");
        }

        WriteTable(
            text,
            ["what it cost", .. Measures.All.Select(measure => Cost(suite, measure))],
            suite.Recovery.Select(fault => (string[])
            [
                Escaped(fault.Fault),
                .. Measures.All.Select(measure =>
                    Cell(fault.Figures.FirstOrDefault(figure => figure.Measure == measure))),
            ]));
        WritePerformance(text, suite);
        WriteTable(
            text,
            ["what held it up", "where", "confidence >", "what to do"],
            (suite.Resources?.Bottlenecks ?? []).Select(cause => (string[])
            [
                $"**{Escaped(cause.Name)}** {Escaped(cause.Summary)}", Escaped(cause.Where),
                Figures.Percent(cause.Confidence, 1), Escaped(cause.Recommendation),
            ]));
        WriteTable(
            text,
            ["can't be had here", "why"],
            suite.MissingFaults.Select(missing => (string[])[Escaped(missing.Name), Escaped(missing.Reason)]));
        WriteTable(
            text,
            ["queue", .. QueueColumns.Names.Select(name => name + " >")],
            suite.Queues.Select(queue => (string[])
            [
                Escaped(queue.Queue),
                .. QueueColumns.Of(queue).Select(count => count is { } known ? Figures.Count(known) : "–"),
            ]));
    }

    private static void WritePerformance(StringBuilder text, SuiteResult suite)
    {
        if (suite.Performance is not { } performance)
        {
            return;
        }

        WriteTable(
            text,
            [.. PhaseColumns.Names.Select((name, i) => i == 0 ? name : name + " >")],
            performance.Phases.Select(phase => PhaseColumns.Of(phase).Select(Escaped).ToArray()));
        text.Append($"\n{Escaped(PhaseColumns.Together(performance.Metrics))}\n");
        if (PhaseColumns.Capacity(performance) is { } capacity)
        {
            text.Append($"\nCapacity: {Escaped(capacity)}\n");
        }
    }

    private static string Cost(SuiteResult suite, Measure measure)
    {
        var budget = RecoveryFigures.Budget(suite, measure);
        return $"{Escaped(Measures.Key(measure))}{(budget.Length > 0 ? $" ≤ {Escaped(budget)}" : "")} >";
    }

    private static string Cell(Figure? figure) => figure?.Verdict is { } verdict and not Verdict.Pass
        ? $"**{VerdictSentences.Mark(verdict)} {Escaped(RecoveryFigures.Text(figure))}**"
        : Escaped(RecoveryFigures.Text(figure));

    private static string[] Row(FaultRecord fault, LoadClock clock) =>
    [
        VerdictSentences.Mark(fault.Proven ? Verdict.Pass : Verdict.Unknown),
        Escaped(VerdictSentences.Name(fault)),
        Escaped(fault.Trigger),
        .. new[] { fault.InjectedAt, fault.ConfirmedAt, fault.HealedAt, fault.ConfirmedHealedAt }
            .Select(at => at is null ? "**not seen**" : clock.Label(at.Value)),
    ];

    /// <summary>A header that ends in <c>&gt;</c> has its column set to the right.</summary>
    private static void WriteTable(StringBuilder text, string[] headers, IEnumerable<string[]> rows)
    {
        var lines = rows.Select(row => $"| {string.Join(" | ", row)} |\n").ToArray();
        if (lines.Length == 0)
        {
            return;
        }

        text.Append($"\n| {string.Join(" | ", headers.Select(header => header.TrimEnd('>', ' ')))} |\n");
        text.Append($"|{string.Join("|", headers.Select(header => header.EndsWith('>') ? "--:" : "---"))}|\n");
        text.AppendJoin("", lines);
    }

    /// <summary>On one line, and without any meaning to Markdown or to the HTML in it.</summary>
    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in Printable.Of(text))
        {
            escaped.Append(c switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '\n' or '\t' => " ",
                '\\' or '`' or '*' or '_' or '[' or ']' or '|' or '~' or '#' => $"\\{c}",
                _ => c.ToString(),
            });
        }

        return escaped.ToString();
    }

    /// <summary>As code on one line.</summary>
    private static string Code(string text)
    {
        var line = Printable.Of(text).Replace('\n', ' ');
        var run = LongestRun(line);
        return run == 0 ? $"`{line}`" : $"{new string('`', run + 1)} {line} {new string('`', run + 1)}";
    }

    private static int LongestRun(string text)
    {
        var (longest, current) = (0, 0);
        foreach (var c in text)
        {
            current = c is '`' ? current + 1 : 0;
            longest = Math.Max(longest, current);
        }

        return longest;
    }
}
