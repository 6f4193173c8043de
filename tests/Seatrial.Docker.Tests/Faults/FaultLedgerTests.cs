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
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Kinds =>
    [
        "partition", "dns-silent", "packet-loss", "slow-link", "cpu-starved", "memory-short", "processes-exhausted",
        "io-throttled", "pause", "suspend", "stop", "disk-full-journal", "half-open", "detach",
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_next_program_mends_what_a_killed_one_left(string kind)
    {
        await system.PulseAsync().WaitAsync(_limit, Token);
        var before = await Traces.ReadAsync(system.Scene);
        var mine = Directory.Exists(FaultLedger.Folder) ? Directory.GetFiles(FaultLedger.Folder) : [];
        var prepared = await PreparedFault.PrepareAsync(system.Scene, Planned(kind), Token);
        await prepared.Fault.InjectAsync(Token);
        var entry = Assert.Single(Directory.GetFiles(FaultLedger.Folder).Except(mine));

        Assert.DoesNotContain(
            await FaultLedger.MendAsync(system.Scene.Driver, RunOwner.Current, Token), IsOfTarget);
        await File.WriteAllTextAsync(entry, (await File.ReadAllTextAsync(entry, Token)).Replace(
            RunOwner.Current.ToString(), Dead().ToString(), StringComparison.Ordinal), Token);
        var told = await FaultLedger.MendAsync(system.Scene.Driver, RunOwner.Current, Token);

        Assert.StartsWith("mended ", Assert.Single(told, IsOfTarget), StringComparison.Ordinal);
        Assert.False(File.Exists(entry));
        await system.PulseAsync().WaitAsync(_limit, Token);
        Assert.Equal(Traces.Text(before), Traces.Text(await Traces.ReadAsync(system.Scene)));
        await prepared.Fault.HealAsync(Token);
    }

    private bool IsOfTarget(string told) => told.Contains(
        system.Only(FaultSystem.Worker).Name, StringComparison.Ordinal);

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
