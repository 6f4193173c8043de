using Xunit.Sdk;
using Xunit.v3;

namespace Seatrial.Trials.Tests;

/// <summary>
/// Puts the classes that measure last: by then the other projects' tests are done, and the machine is theirs.
/// </summary>
public sealed class QuietLast : ITestClassOrderer
{
    /// <summary>The value of the trait <c>Needs</c> that such a class has.</summary>
    public const string Quiet = "Quiet";

    public IReadOnlyCollection<TTestClass?> OrderTestClasses<TTestClass>(
        IReadOnlyCollection<TTestClass?> testClasses)
        where TTestClass : notnull, ITestClass => [.. testClasses.OrderBy(one => Needs(one).Contains(Quiet))];

    private static IReadOnlyCollection<string> Needs(ITestClass? one) =>
        one is not null && one.Traits.TryGetValue("Needs", out var needs) ? needs : [];
}
