using Seatrial.Engine.Faults;
using Seatrial.Engine.Recovery;
using Seatrial.Engine.Text;
using Seatrial.Engine.Thresholds;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Specs;

/// <summary><c>suites.faults</c>.</summary>
internal static class FaultsReader
{
    public static FaultsSpec Read(Field field, RecordMapping? mapping)
    {
        field.WrongKindUnlessMap();
        var usual = new FaultsSpec();
        return new FaultsSpec
        {
            Rate = field["rate"].Whole(1) ?? usual.Rate,
            Hold = Hold(field["hold"]) ?? usual.Hold,
            Kinds = Kinds(field),
            Budgets = UsualBudgets.With(BudgetReader.Read(field["budgets"])),
            Thresholds = ThresholdsReader.Read(field["thresholds"], new ThresholdScope
            {
                Sources = [ThresholdSource.Faults, ThresholdSource.Containers, ThresholdSource.EarlierRuns],
                Stages = mapping?.Stages ?? [],
                Faults = FaultCatalogue.Names,
            }),
        };
    }

    private static TimeSpan? Hold(Field field)
    {
        if (field.Duration() is not { } hold)
        {
            return null;
        }

        if (hold > TimeSpan.Zero)
        {
            return hold;
        }

        field.Error("is no time at all.", "Write a duration above 0s.");
        return null;
    }

    private static List<string> Kinds(Field field)
    {
        var (only, without) = (Names(field["only"]), Names(field["except"]));
        var kinds = FaultCatalogue.Names
            .Where(kind => (only.Count == 0 || only.Contains(kind)) && !without.Contains(kind))
            .ToList();
        if (kinds.Count == 0)
        {
            field[field["except"].Given ? "except" : "only"].Error(
                "leaves no fault to be tried.", "Name fewer of them.");
        }

        return kinds;
    }

    private static List<string> Names(Field field)
    {
        var names = new List<string>();
        foreach (var item in field.Given ? field.Items() : [])
        {
            if (item.Word() is not { } name)
            {
                continue;
            }

            if (FaultCatalogue.Names.Contains(name))
            {
                names.Add(name);
                continue;
            }

            item.Error(
                $"names the fault {YamlWords.Shorten(name)}, which there is not.",
                $"{Suggestions.DidYouMean(name, FaultCatalogue.Names)}"
                + $"Write one of: {string.Join(", ", FaultCatalogue.Names)}.");
        }

        return names;
    }
}
