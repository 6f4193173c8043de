using System.Text.Json;
using Seatrial.Engine.Compose;
using Seatrial.Engine.Environments;
using Seatrial.Testing;
using Version = System.Version;

namespace Seatrial.Docker.Tests;

/// <summary>What the reader says is honoured makes a difference to what the engine is asked for.</summary>
public sealed class HonouredKeysTests
{
    private static readonly Version _newest = new(1, 47);

    // Of these, others make something: images, how containers give way to others, and what happens while a system is
    // developed.
    private static readonly string[] _elsewhere =
    [
        "services.*.build", "services.*.deploy.rollback_config", "services.*.deploy.update_config",
        "services.*.develop", "services.*.pull_policy",
    ];

    [Fact]
    public void Every_honoured_key_of_a_service_reaches_the_engine()
    {
        var silent = new List<string>();
        var keys = ComposeKeyCase.All.Where(key => key.Key.StartsWith("services.*.", StringComparison.Ordinal));
        foreach (var key in keys)
        {
            var (without, with, _) = key.Read();
            var isHonoured = with.Project is not null && with.Problems.Count is 0
                && !key.Key.Contains("x-", StringComparison.Ordinal)
                && !_elsewhere.Any(prefix => key.Key.StartsWith(prefix, StringComparison.Ordinal));
            if (isHonoured && Asked(with) == Asked(without))
            {
                silent.Add(key.Key);
            }
        }

        Assert.Equal([], silent);
    }

    private static string Asked(ComposeReading reading)
    {
        Assert.NotNull(reading.Project);
        var plan = EnvironmentPlans.Plan(reading.Project, new EnvironmentOptions { RunId = "r" });
        return JsonSerializer.Serialize(plan.Containers.Select(container =>
        {
            // The run's own labels hold a hash of the whole declaration, which differs whatever becomes of a key.
            var request = container.Request with { Labels = container.Request.Service.Labels };
            return new
            {
                container.Number,
                container.Gates,
                container.IsOptional,
                request.Files,
                Parameters = ContainerParameters.From(request, _newest),
                Later = ContainerParameters.LaterNetworks(request, _newest),
            };
        }));
    }
}
