using Seatrial.Engine.Specs;
using Seatrial.Engine.Tests.Compose;

namespace Seatrial.Engine.Tests.Specs;

/// <summary>Readings of <c>seatrial.yaml</c> files that stand in a test, beside a small system.</summary>
internal static class SpecText
{
    private const string Compose =
        "services: {db: {image: db}, take: {image: take}, give: {image: give, container_name: one}, "
        + "other: {image: other}, lb: {image: lb, profiles: [whole]}, p: {image: p, profiles: [whole]}, "
        + "r: {image: r, profiles: [whole]}, prefect: {image: prefect, profiles: [prefect]}}";

    /// <summary>The least that a file says.</summary>
    public const string Least = "records: {stages: [take, give]}\nworkload: {file: load.csv, key: id}\n";

    public static SpecReading Read(string text)
    {
        using var folder = Folder(text);
        return folder.ReadSpec();
    }

    /// <summary>The spec of a file without errors.</summary>
    public static SystemSpec Spec(string text)
    {
        using var folder = Folder(text);
        return folder.Spec();
    }

    /// <summary>A folder with the system; it lives until it is disposed of.</summary>
    public static SystemFolder Folder(string text) => new SystemFolder()
        .With("compose.yaml", Compose)
        .With("seatrial.yaml", text)
        .With("load.csv", "id,age\n1,20\n")
        .With("a.csproj", "<Project />");

    /// <summary>Asserts that there is this one problem, and gives it.</summary>
    public static Problem Only(string text, string what)
    {
        var problem = Assert.Single(Read(text).Problems);
        Assert.Contains(what, problem.What, StringComparison.Ordinal);
        return problem;
    }
}
