using System.Globalization;
using System.Text;
using System.Xml;
using Seatrial.Engine.Checks;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Plans;
using Seatrial.Engine.Recovery;
using Seatrial.Engine.Runs;

namespace Seatrial.Reports;

/// <summary>
/// <c>junit.xml</c>: checks and faults as test cases. Unknown is an error; a run that did not pass never looks green,
/// even when it ended before its first check.
/// </summary>
public sealed class JUnitReport : IReportWriter
{
    /// <inheritdoc/>
    public string FileName => "junit.xml";

    /// <inheritdoc/>
    public string Render(RunResult result)
    {
        var suites = Suites(result).ToArray();
        var text = new StringBuilder();
        var settings = new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true };
        using (var xml = XmlWriter.Create(text, settings))
        {
            // By hand, since a writer into a string would declare UTF-16.
            xml.WriteRaw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
            xml.WriteStartElement("testsuites");
            xml.WriteAttributeString("name", Printable.Of($"{result.System} {result.RunId}"));
            WriteCounts(xml, [.. suites.SelectMany(suite => suite.Cases)], result.Duration);
            foreach (var suite in suites)
            {
                WriteSuite(xml, suite, result);
            }

            xml.WriteEndElement();
        }

        return text.Append('\n').ToString();
    }

    private static IEnumerable<TestSuite> Suites(RunResult result)
    {
        var run = new TestCase("the run came to its end", TimeSpan.Zero)
        {
            Verdict = result.StoppedBecause is null ? Verdict.Pass : Verdict.Unknown,
            Message = result.StoppedBecause ?? "",
        };
        var suites = result.Suites.Select(suite => Explained(
            new TestSuite($"{result.System}.{suite.Name}", suite.Duration)
            {
                Cases =
                [
                    .. suite.Checks.Select(Of),
                    .. suite.Faults.Select((fault, i) => Of(fault, suite.Recovery.ElementAtOrDefault(i))),
                    .. suite.MissingFaults.Select(Of),
                ],
                Output = Output(suite),
            },
            suite.Verdict,
            $"Suite {suite.Name} ended without saying why it did not pass.")).ToArray();
        var whole = new TestSuite($"{result.System}.run", result.Duration) { Cases = [run] };
        var worst = Verdicts.Merge(suites.SelectMany(suite => suite.Cases).Select(test => test.Verdict));
        return suites.Append(worst is Verdict.Pass || suites.Length == 0
            ? Explained(whole, result.Verdict, VerdictSentences.Proven(result))
            : whole);
    }

    /// <summary>Adds the verdict as a case of its own where no other case tells of it.</summary>
    private static TestSuite Explained(TestSuite suite, Verdict verdict, string message) =>
        verdict is Verdict.Pass || suite.Cases.Any(test => test.Verdict is not Verdict.Pass)
            ? suite
            : suite with
            {
                Cases =
                [
                    .. suite.Cases, new TestCase("verdict", TimeSpan.Zero) { Verdict = verdict, Message = message },
                ],
            };

    private static TestCase Of(CheckResult check) => new($"{check.Id}: {check.Title}", TimeSpan.Zero)
    {
        Verdict = check.Verdict,
        Message = check.Summary,
        Text = string.Join("\n\n", check.Findings.Select(finding => $"{finding.Record}: {finding.Story}")),
    };

    /// <summary>What can't be had was not tried, and is no offence.</summary>
    private static TestCase Of(MissingFault missing) => new($"fault {missing.Name}", TimeSpan.Zero)
    {
        Verdict = Verdict.Pass,
        Message = missing.Reason,
        IsSkipped = true,
    };

    private static TestCase Of(FaultRecord fault, FaultFigures? cost) => new(
        $"fault {VerdictSentences.Name(fault)} at {fault.Trigger}",
        (fault.ConfirmedHealedAt ?? fault.HealedAt) - fault.InjectedAt ?? TimeSpan.Zero)
    {
        Verdict = fault.Proven ? Verdict.Pass : Verdict.Unknown,
        Message = fault.Failure ?? VerdictSentences.Missing(fault),
        Text = string.Join('\n', fault.Evidence),
        Costs = cost?.Figures ?? [],
    };

    private static string Output(SuiteResult suite) => string.Join(
        "\n\n",
        suite.Logs
            .OrderBy(log => log.Key, StringComparer.Ordinal)
            .Select(log => $"== {log.Key}\n{string.Join('\n', log.Value)}"));

    private static void WriteSuite(XmlWriter xml, TestSuite suite, RunResult result)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", Printable.Of(suite.Name));
        WriteCounts(xml, suite.Cases, suite.Duration);
        xml.WriteAttributeString(
            "timestamp",
            result.StartedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
        xml.WriteStartElement("properties");
        WriteProperty(xml, "run", result.RunId);
        WriteProperty(xml, "seed", result.Seed.ToString(CultureInfo.InvariantCulture));
        WriteProperty(xml, "command", result.Command);
        xml.WriteEndElement();
        foreach (var test in suite.Cases)
        {
            WriteCase(xml, test, suite.Name);
        }

        if (suite.Output.Length > 0)
        {
            xml.WriteElementString("system-out", Printable.Of(suite.Output));
        }

        xml.WriteEndElement();
    }

    private static void WriteCase(XmlWriter xml, TestCase test, string suite)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", Printable.Of(suite));
        xml.WriteAttributeString("name", Printable.Of(test.Name));
        xml.WriteAttributeString("time", Seconds(test.Duration));
        if (test.Costs.Count > 0)
        {
            xml.WriteStartElement("properties");
            foreach (var figure in test.Costs.Where(figure => figure.Value is not null))
            {
                WriteProperty(xml, Measures.Key(figure.Measure), RecoveryFigures.Text(figure));
            }

            xml.WriteEndElement();
        }

        if (test.IsSkipped)
        {
            xml.WriteStartElement("skipped");
            xml.WriteAttributeString("message", Printable.Of(test.Message));
            xml.WriteEndElement();
        }
        else if (test.Verdict is not Verdict.Pass)
        {
            var failed = test.Verdict is Verdict.Fail;
            xml.WriteStartElement(failed ? "failure" : "error");
            xml.WriteAttributeString("message", Printable.Of(test.Message));
            xml.WriteAttributeString("type", failed ? "fail" : "unknown");
            xml.WriteString(Printable.Of(test.Text.Length > 0 ? test.Text : test.Message));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteCounts(XmlWriter xml, IReadOnlyList<TestCase> cases, TimeSpan duration)
    {
        WriteCount(xml, "tests", cases.Count);
        WriteCount(xml, "failures", cases.Count(test => test.Verdict is Verdict.Fail));
        WriteCount(xml, "errors", cases.Count(test => test.Verdict is Verdict.Unknown));
        WriteCount(xml, "skipped", cases.Count(test => test.IsSkipped));
        xml.WriteAttributeString("time", Seconds(duration));
    }

    private static void WriteCount(XmlWriter xml, string name, int count) =>
        xml.WriteAttributeString(name, count.ToString(CultureInfo.InvariantCulture));

    private static void WriteProperty(XmlWriter xml, string name, string value)
    {
        xml.WriteStartElement("property");
        xml.WriteAttributeString("name", name);
        xml.WriteAttributeString("value", Printable.Of(value));
        xml.WriteEndElement();
    }

    private static string Seconds(TimeSpan duration) =>
        duration.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);

    private sealed record TestSuite(string Name, TimeSpan Duration)
    {
        public required IReadOnlyList<TestCase> Cases { get; init; }

        public string Output { get; init; } = "";
    }

    private sealed record TestCase(string Name, TimeSpan Duration)
    {
        public required Verdict Verdict { get; init; }

        public required string Message { get; init; }

        public string Text { get; init; } = "";

        public bool IsSkipped { get; init; }

        public IReadOnlyList<Figure> Costs { get; init; } = [];
    }
}
