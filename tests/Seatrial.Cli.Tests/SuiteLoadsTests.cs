using Seatrial.Cli.Systems;
using Seatrial.Engine;
using Seatrial.Engine.Plans;
using Seatrial.Suites;

namespace Seatrial.Cli.Tests;

/// <summary>What of a system's files makes its runs be of one kind, and what can't be put through a suite.</summary>
public sealed class SuiteLoadsTests : IDisposable
{
    private const string Plain = """
        records: {stages: [orders]}
        workload: {file: orders.csv, key: number}
        suites:
          distributed: {faults: [{kill: orders, at: 50%}], thresholds: [regression.p99 < 10%]}
          performance: {load: [{phase: steady, steps: [10, 20], for: 5s}], thresholds: [errors == 0], search: {to: 9}}
          faults: {rate: 10}
        """;

    private readonly CommandRun _run = new CommandRun()
        .With("shop/compose.yaml", """
            services:
              db: {image: postgres, environment: {POSTGRES_PASSWORD: secret}}
              orders: {image: orders}
            """)
        .With("shop/orders.csv", "number\n1\n");

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("thresholds: [regression.p99 < 10%]", "thresholds: [regression.p99 < 20%]")]
    [InlineData("thresholds: [errors == 0]", "thresholds: [errors < 3]")]
    [InlineData("search: {to: 9}", "search: {to: 99}")]
    public void What_is_only_judged_otherwise_is_the_same_load(string text, string other)
    {
        foreach (var suite in new[] { "distributed", "performance", "faults" })
        {
            Assert.Equal(
                Fingerprint(Plain, suite), Fingerprint(Plain.Replace(text, other, StringComparison.Ordinal), suite));
        }
    }

    [Theory]
    [InlineData("distributed", "at: 50%", "at: 60%")]
    [InlineData("distributed", "{kill: orders", "{pause: orders")]
    [InlineData("distributed", "distributed: {", "distributed: {replicas: {orders: 2}, ")]
    [InlineData("performance", "distributed: {", "distributed: {replicas: {orders: 2}, ")]
    [InlineData("performance", "steps: [10, 20]", "steps: [10, 30]")]
    [InlineData("performance", "steps: [10, 20]", "ramp: [10, 20]")]
    [InlineData("performance", "for: 5s", "for: 6s")]
    [InlineData("faults", "rate: 10", "rate: 20")]
    [InlineData("faults", "number}", "number, batch_size: 7}")]
    public void What_is_loaded_otherwise_is_another_load(string suite, string text, string other) => Assert.NotEqual(
        Fingerprint(Plain, suite), Fingerprint(Plain.Replace(text, other, StringComparison.Ordinal), suite));

    [Fact]
    public void Where_the_files_lie_says_nothing_and_what_is_in_them_does()
    {
        var before = Fingerprint(Plain, "performance");
        using var elsewhere = new CommandRun();
        foreach (var file in Directory.GetFiles(Path.Combine(_run.Folder, "shop")))
        {
            elsewhere.With($"shop/{Path.GetFileName(file)}", File.ReadAllText(file));
        }

        Assert.Equal(before, SuiteLoads.Fingerprint(PlanOf(elsewhere), "performance"));

        elsewhere.With("shop/orders.csv", "number\n10\n");
        Assert.NotEqual(before, SuiteLoads.Fingerprint(PlanOf(elsewhere), "performance"));
    }

    [Fact]
    public void Records_in_tables_of_their_own_can_not_be_followed_over_HTTP()
    {
        var plan = PlanOf(_run.With("shop/seatrial.yaml", """
            records:
              stages: [orders]
              queue: {table: app.jobs, id: id, state: state, states: {ready: [new], running: [busy], done: deleted}}
              effect: {table: app.effects, record: job}
            workload: {file: orders.csv, key: number, insert: "select @queue, @keys, @payloads"}
            suites: {integration: {entrance: orders:8080, counted_in: n}}
            """));

        var refused = Assert.Throws<SeatrialException>(() => SuitePlans.Check(plan, "integration"));

        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        Assert.Contains("those of shop are in app.jobs", refused.Message, StringComparison.Ordinal);
        SuitePlans.Check(plan, "distributed");
    }

    private string Fingerprint(string spec, string suite) =>
        SuiteLoads.Fingerprint(PlanOf(_run.With("shop/seatrial.yaml", spec)), suite);

    private static TrialPlan PlanOf(CommandRun run)
    {
        using var quiet = new StringWriter();
        var files = SystemFiles.Read("shop", new ProgramHost
        {
            Out = quiet,
            Error = quiet,
            Interactive = false,
            Environment = run.Environment,
            Directory = run.Folder,
            Clock = TimeProvider.System,
        });
        return TrialPlanner.Plan(
            files.Project, files.Spec, 1, new TrialRequest { Records = null, Seed = 1, RunId = "run", Keep = false });
    }
}
