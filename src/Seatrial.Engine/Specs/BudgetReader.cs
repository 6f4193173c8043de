using Seatrial.Engine.Faults;
using Seatrial.Engine.Recovery;
using Seatrial.Engine.Text;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Specs;

/// <summary>Budgets for all faults, and below the name of a kind those for that kind.</summary>
internal static class BudgetReader
{
    private const string Lease = "lease";

    public static IReadOnlyList<Budget> Read(Field field)
    {
        field.WrongKindUnlessMap();
        return [.. Of(field, fault: null), .. FaultCatalogue.Names.SelectMany(kind => OfKind(field[kind], kind))];
    }

    private static IEnumerable<Budget> OfKind(Field field, string kind)
    {
        field.WrongKindUnlessMap();
        return Of(field, kind);
    }

    private static IEnumerable<Budget> Of(Field field, string? fault) => Measures.All
        .Select(measure => Read(field[Measures.Key(measure)], measure, fault))
        .OfType<Budget>();

    private static Budget? Read(Field field, Measure measure, string? fault)
    {
        var (most, aboveLease) = measure switch
        {
            Measure.Waste => (field.Share(), false),
            Measure.Processor => (field.Amount(), false),
            Measure.Detect or Measure.Recover or Measure.Drain or Measure.Reclaim or Measure.LockHeld =>
                AboveLease(field),
        };
        return most is null ? null : new Budget
        {
            Measure = measure,
            Fault = fault,
            Most = most.Value,
            AboveLease = aboveLease,
            Asked = true,
        };
    }

    /// <summary><c>7s</c>, <c>lease</c>, <c>lease + 2s</c>.</summary>
    private static (double? Most, bool AboveLease) AboveLease(Field field)
    {
        if (field.Scalar() is not { } text)
        {
            return (null, false);
        }

        var parts = text.Split('+', StringSplitOptions.TrimEntries);
        if (parts is [Lease])
        {
            return (0, true);
        }

        if (parts is [Lease, var more] && Durations.Parse(more) is { } above)
        {
            return (above.TotalSeconds, true);
        }

        if (Durations.Parse(text) is { } whole)
        {
            return (whole.TotalSeconds, false);
        }

        field.WrongKind("a duration, or the lease and a duration", "Write e.g. 7s, or lease + 2s.");
        return (null, false);
    }
}
