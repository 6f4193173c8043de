using System.Diagnostics;
using Seatrial.Engine;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Plans;
using Seatrial.Engine.Specs;

namespace Seatrial.Docker.Tests.Faults;

/// <summary>Every kind of fault on real containers: four steps, the effect as others see it, no trace.</summary>
[Trait("Needs", "Docker")]
public sealed class FaultKindTests(FaultSystem system, ITestOutputHelper output) : IClassFixture<FaultSystem>
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(60);

    /// <summary>Kinds that this system can't have; those have tests of their own, or nothing to act on.</summary>
    private static readonly string[] _others =
        ["pause-past-lease", "clock-forward", "clock-back"];

    public static TheoryData<string> Kinds => [.. FaultCatalogue.Names.Except(_others)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task It_takes_effect_is_healed_and_leaves_nothing(string name)
    {
        var token = TestContext.Current.CancellationToken;
        var kind = FaultCatalogue.Of(name);
        var abilities = await FaultAbilities.ProbeAsync(system.Scene.Driver, token);
        Assert.SkipWhen(abilities.Missing(kind) is not null, $"unavailable: {abilities.Missing(kind)}");
        await system.PulseAsync();
        var before = await Traces.ReadAsync(system.Scene);
        var prepared = await PreparedFault.PrepareAsync(system.Scene, Planned(kind), token);
        var target = system.Scene.Environment.Containers.Single(one => one.Place == prepared.Target);
        var effects = await FaultEffects.BeginAsync(system, target);

        try
        {
            await StepAsync("inject", prepared.Fault.InjectAsync);
            await StepAsync("confirm", prepared.Fault.ConfirmAsync);
            await effects.SeeAsync(name).WaitAsync(_limit, token);
        }
        finally
        {
            await StepAsync("heal", prepared.Fault.HealAsync);
        }

        await StepAsync("heal again", prepared.Fault.HealAsync);
        await StepAsync("confirm healed", prepared.Fault.ConfirmHealedAsync);

        await system.PulseAsync().WaitAsync(_limit, token);
        Assert.Equal(Traces.Text(before), Traces.Text(await Traces.ReadAsync(system.Scene)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Healing_what_was_never_injected_does_nothing(string name)
    {
        var prepared = await PreparedFault.PrepareAsync(
            system.Scene, Planned(FaultCatalogue.Of(name)), TestContext.Current.CancellationToken);
        var before = await Traces.ReadAsync(system.Scene);

        await StepAsync("heal", prepared.Fault.HealAsync);

        Assert.Equal(Traces.Text(before), Traces.Text(await Traces.ReadAsync(system.Scene)));
    }

    [Theory]
    [InlineData("partition", false)]
    [InlineData("partition", true)]
    [InlineData("half-open", false)]
    [InlineData("half-open", true)]
    [InlineData("cpu-starved", true)]
    [InlineData("pause", false)]
    [InlineData("lock-table", true)]
    [InlineData("slow-link", true)]
    public async Task Interrupted_after_any_step_it_is_healed(string name, bool confirmed)
    {
        await system.PulseAsync().WaitAsync(_limit, TestContext.Current.CancellationToken);
        var before = await Traces.ReadAsync(system.Scene);
        var plan = Planned(FaultCatalogue.Of(name));
        using var interruption = new CancellationTokenSource();
        var runner = new FaultRunner(plan, TimeProvider.System, record =>
        {
            if ((confirmed ? record.ConfirmedAt : record.InjectedAt) is not null)
            {
                interruption.Cancel();
            }
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => runner.RunAsync(
            token => PreparedFault.PrepareAsync(system.Scene, plan, token),
            CancellationToken.None,
            interruption.Token));

        Assert.NotNull(runner.Record.HealedAt);
        await system.PulseAsync().WaitAsync(_limit, TestContext.Current.CancellationToken);
        Assert.Equal(Traces.Text(before), Traces.Text(await Traces.ReadAsync(system.Scene)));
    }

    [Fact]
    public async Task A_target_that_is_dead_is_waited_for()
    {
        var token = TestContext.Current.CancellationToken;
        await system.PulseAsync().WaitAsync(_limit, token);
        var plan = Planned(FaultCatalogue.Of("kill"));
        var killed = await PreparedFault.PrepareAsync(system.Scene, plan, token);
        await StepAsync("inject", killed.Fault.InjectAsync);
        await StepAsync("confirm", killed.Fault.ConfirmAsync);

        var next = PreparedFault.PrepareAsync(system.Scene, Planned(FaultCatalogue.Of("pause")), token);

        await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, token);
        Assert.False(next.IsCompleted);
        await StepAsync("heal", killed.Fault.HealAsync);
        Assert.Equal(killed.Target, (await next.WaitAsync(_limit, token)).Target);
        await StepAsync("confirm healed", killed.Fault.ConfirmHealedAsync);
        await system.PulseAsync().WaitAsync(_limit, token);
    }

    [Fact]
    public async Task Its_holder_is_who_the_row_names()
    {
        await system.ExecuteAsync("create table if not exists jobs (id bigint, key text, state text, owner text)");
        await system.ExecuteAsync(
            $"insert into jobs values (1, 'a', 'ready', null), (2, 'b', 'running', '{system.Only(FaultSystem.Worker, 2).Id[..12]}/7')");
        var queue = BuiltInMapping.ForWorker([FaultSystem.Worker]).Queue with { Table = "jobs" };
        var scene = system.Scene with
        {
            Mapping = BuiltInMapping.ForWorker([FaultSystem.Worker]) with { Queue = queue },
        };
        var plan = Planned(FaultCatalogue.Of("pause"));
        plan = plan with
        {
            Spec = plan.Spec with { Target = new FaultTarget(TargetChoice.HolderOf, "b") },
            Numbers = [],
        };

        var prepared = await PreparedFault.PrepareAsync(scene, plan, TestContext.Current.CancellationToken);

        Assert.Equal("app-2", prepared.Target);
    }

    private static PlannedFault Planned(FaultKind kind)
    {
        var service = kind.Lane is FaultLane.Database && kind.Name is not ("kill-backend" or "terminate-sessions")
            || kind.Name is "disk-full-data" or "disk-full-wal" ? FaultSystem.Database : FaultSystem.Worker;
        return new PlannedFault(
            new FaultSpec
            {
                Kind = kind.Name,
                Target = new FaultTarget(TargetChoice.OneOf, service),
                Queue = FaultSystem.Worker,
                At = new FaultTrigger.Part(0),
                Position = new SourcePosition("test", 1, 1),
            },
            [1],
            0)
        {
            Seed = 7,
        };
    }

    private async Task StepAsync(string name, Func<CancellationToken, Task<string>> step)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(_limit);
        var began = Stopwatch.GetTimestamp();
        var evidence = await step(limit.Token);
        output.WriteLine($"{name} ({Stopwatch.GetElapsedTime(began).TotalMilliseconds:0} ms): {evidence}");
        Assert.NotEmpty(evidence);
    }
}
