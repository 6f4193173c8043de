using Seatrial.Engine.Compose;
using Seatrial.Engine.Thresholds;
using Seatrial.Engine.Workloads;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Specs;

/// <summary><c>suites.performance</c>.</summary>
internal static class PerformanceReader
{
    public static PerformanceSpec Read(
        Field field, RecordMapping? mapping, ComposeProject project, ReadingContext context)
    {
        field.WrongKindUnlessMap();
        var usual = new PerformanceSpec();
        var load = field["load"].Given ? LoadReader.Read(field["load"], context) : usual.Load;
        var stages = mapping?.Stages ?? [];
        var objectives = new ThresholdScope { Sources = [ThresholdSource.Load], Stages = stages, IsLive = true };
        var thresholds = objectives with
        {
            IsLive = false,
            Sources = [ThresholdSource.Load, ThresholdSource.Containers, ThresholdSource.EarlierRuns],
            Phases = [PerformanceSpec.WarmUpPhase, .. load.Select(phase => phase.Name)],
        };
        var search = field["search"];
        search.WrongKindUnlessMap();
        return new PerformanceSpec
        {
            Entrance = ServiceEndpoint.Read(field["entrance"], project),
            Profiles = field["profiles"].TextOrTexts(),
            WarmUp = field["warm_up"].Duration() ?? usual.WarmUp,
            Load = load,
            Thresholds = ThresholdsReader.Read(field["thresholds"], thresholds),
            Search = new CapacityLimits(
                search["from"].Whole(1) ?? usual.Search.From,
                search["to"].Whole(1) ?? usual.Search.To,
                Positive(search["trial"]) ?? usual.Search.Trial,
                search["trials"].Whole(0) ?? usual.Search.Trials,
                search["within"].Share() ?? usual.Search.Within),
            Objectives = search["objectives"].Given
                ? ThresholdsReader.Read(search["objectives"], objectives) : usual.Objectives,
        };
    }

    private static TimeSpan? Positive(Field field)
    {
        if (field.Duration() is not { } duration || duration > TimeSpan.Zero)
        {
            return field.Duration();
        }

        field.Error("is no time at all.", "Write a duration above 0s.");
        return null;
    }
}
