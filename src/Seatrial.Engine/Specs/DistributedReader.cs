using Seatrial.Engine.Compose;
using Seatrial.Engine.Thresholds;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Specs;

/// <summary><c>suites.distributed</c>.</summary>
internal static class DistributedReader
{
    private const int MostReplicas = 1000;

    public static DistributedSpec Read(Field field, RecordMapping? mapping, ComposeProject project)
    {
        field.WrongKindUnlessMap();
        var faults = field["faults"];
        return new DistributedSpec
        {
            Replicas = Replicas(field["replicas"], project),
            Faults = faults.Given
                ? [.. faults.Items().Select(item => FaultReader.Read(item, mapping, project)).OfType<FaultSpec>()]
                : [],
            LeastShare = field["least_share"].Share() ?? new DistributedSpec().LeastShare,
            Thresholds = ThresholdsReader.Read(field["thresholds"], new ThresholdScope
            {
                Sources = [ThresholdSource.Containers, ThresholdSource.EarlierRuns],
                Stages = mapping?.Stages ?? [],
            }),
        };
    }

    private static OrderedDictionary<string, int> Replicas(Field field, ComposeProject project)
    {
        var replicas = new OrderedDictionary<string, int>();
        foreach (var (service, value) in field.Given ? field.Entries() : [])
        {
            ServiceNames.Check(service, value, project);
            if (value.Whole(1, MostReplicas) is not { } count)
            {
                continue;
            }

            replicas[service] = count;
            if (count > 1 && project.Services.GetValueOrDefault(service)?.ContainerName is { } name)
            {
                value.Error(
                    $"asks for {count} containers of a service whose container_name is {name}.",
                    "Remove container_name from the Compose file: containers can't share a name.");
            }
        }

        return replicas;
    }
}
