using System.Text.RegularExpressions;
using Seatrial.Engine.Faults;
using Seatrial.Testing;

namespace Seatrial.Trials.Tests;

/// <summary>The kill matrix in the documentation is what <see cref="BrokenWorkerTests"/> tries.</summary>
public sealed partial class KillMatrixTests
{
    private const string Document = "docs/kill-matrix.md";
    private const string Begin = "<!-- The matrix: written by KillMatrixTests with SEATRIAL_GOLDEN=write. -->\n";
    private const string End = "<!-- End of the matrix. -->\n";

    private static readonly string[] _suites = ["distributed", "faults", "chaos"];

    [Fact]
    public void Every_patch_is_tried_and_every_trial_has_a_patch() => Assert.Equal(
        BrokenWorkers.Patches, BrokenWorkerCatalogue.All.Select(broken => broken.Bug).Order(StringComparer.Ordinal));

    [Fact]
    public void The_document_has_every_bug_with_what_catches_it()
    {
        var file = Repository.PathOf(Document);
        var text = File.ReadAllText(file);
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        Assert.InRange(begin, 0, end);
        var expected = $"{text[..begin]}{Begin}\n{Table()}\n{text[end..]}";
        if (Environment.GetEnvironmentVariable("SEATRIAL_GOLDEN") == "write"
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")))
        {
            File.WriteAllText(file, expected);
        }

        Assert.Equal(expected, File.ReadAllText(file));
    }

    private static string Distributed()
    {
        var text = File.ReadAllText(Path.Combine(TrialFolder.Rpa, "seatrial.yaml")).Split("\n  distributed:\n")[1];
        return NextSuite().Split(text)[0];
    }

    private static string Table() =>
        $"| the worker | {string.Join(" | ", _suites)} | while |\n|---|---|---|---|---|\n"
        + string.Concat(BrokenWorkerCatalogue.All.Select(Row));

    private static string Row(BrokenWorkerCase broken)
    {
        var checks = _suites.Select(suite => suite == broken.Suite ? $"`{broken.Check}`" : "");
        return $"| [`{broken.Bug}`](../tests/Seatrial.Trials.Tests/Broken/{broken.Bug}.patch) {broken.Meaning} "
            + $"| {string.Join(" | ", checks)} | {Faults(broken)} |\n";
    }

    /// <summary>Those that its trial names; the sample's own where it names no suite.</summary>
    private static string Faults(BrokenWorkerCase broken)
    {
        var text = broken.Schedule ?? broken.Suites ?? Distributed();
        var faults = Words().Matches(text)
            .Select(word => word.Value)
            .Where(FaultCatalogue.Names.Contains)
            .Distinct()
            .Select(name => $"`{name}`")
            .ToList();
        return faults.Count == 0 ? "nothing is broken" : string.Join(", ", faults);
    }

    [GeneratedRegex("\n  (?=[a-z]+:\n)")]
    private static partial Regex NextSuite();

    [GeneratedRegex("[a-z-]+")]
    private static partial Regex Words();
}
