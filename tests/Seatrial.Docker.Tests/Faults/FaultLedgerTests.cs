using Seatrial.Engine;
using Seatrial.Engine.Environments;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Faults.Ledger;
using Seatrial.Engine.Plans;
using Seatrial.Engine.Specs;

namespace Seatrial.Docker.Tests.Faults;

/// <summary>What a program leaves that is killed while a fault lasts, and who comes after it.</summary>
[Trait("Needs", "Docker")]
public sealed class FaultLedgerTests(FaultSystem system) : IClassFixture<FaultSystem>
{
    private const int MostMilliseconds = 180_000;

    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(60);

    public static TheoryData<string> Kinds =>
    [
        "partition", "dns-silent", "packet-loss", "slow-link", "cpu-starved", "memory-short", "processes-exhausted",
        "io-throttled", "pause", "suspend", "stop", "disk-full-journal", "half-open", "detach",
    ];

    [Theory(Timeout = MostMilliseconds)]
    [MemberData(nameof(Kinds))]
    public async Task The_next_program_mends_what_a_killed_one_left(string kind)
    {
        var over = TestContext.Current.CancellationToken;
        await system.PulseAsync().WaitAsync(_limit, over);
        var before = await Traces.ReadAsync(system.Scene);
        var prepared = await PreparedFault.PrepareAsync(system.Scene, Planned(kind), over);
        await prepared.Fault.InjectAsync(over);
        var entry = Assert.Single(Directory.GetFiles(FaultLedger.Folder, "*.json"), IsOnTarget);

        Assert.DoesNotContain(
            await FaultLedger.MendAsync(system.Scene.Driver, RunOwner.Current, over), IsOfTarget);
        await File.WriteAllTextAsync(entry, (await File.ReadAllTextAsync(entry, over)).Replace(
            RunOwner.Current.ToString(), Dead().ToString(), StringComparison.Ordinal), over);
        var told = await FaultLedger.MendAsync(system.Scene.Driver, RunOwner.Current, over);

        Assert.StartsWith("mended ", Assert.Single(told, IsOfTarget), StringComparison.Ordinal);
        Assert.False(File.Exists(entry));
        await system.PulseAsync().WaitAsync(_limit, over);
        Assert.Equal(Traces.Text(before), Traces.Text(await Traces.ReadAsync(system.Scene)));
        await prepared.Fault.HealAsync(over);
    }

    private bool IsOfTarget(string told) => told.Contains(
        system.Only(FaultSystem.Worker).Name, StringComparison.Ordinal);

    /// <summary>Other tests break other containers meanwhile, and mend them.</summary>
    private bool IsOnTarget(string file)
    {
        try
        {
            return File.ReadAllText(file).Contains(
                system.Only(FaultSystem.Worker).Id, StringComparison.Ordinal);
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    private static RunOwner Dead() => RunOwner.Current with { StartedAt = RunOwner.Current.StartedAt + 1 };

    private static PlannedFault Planned(string kind) => new(
        new FaultSpec
        {
            Kind = kind,
            Target = new FaultTarget(TargetChoice.OneOf, FaultSystem.Worker),
            Queue = FaultSystem.Worker,
            At = new FaultTrigger.Part(0),
            Position = new SourcePosition("test", 1, 1),
        },
        [1],
        0);
}
