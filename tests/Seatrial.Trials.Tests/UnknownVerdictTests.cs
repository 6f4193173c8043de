using Npgsql;
using Seatrial.Engine;
using Seatrial.Engine.Checks;
using Seatrial.Engine.Environments;
using Seatrial.Testing;

namespace Seatrial.Trials.Tests;

/// <summary>What was not seen is not passed.</summary>
[Collection(OneTrialAtATime.Name)]
[Trait("Needs", "Docker")]
public sealed class UnknownVerdictTests
{
    private const string Gap = "gap";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_gap_in_the_log_makes_the_verdict_unknown()
    {
        using var folder = new TrialFolder();
        var system = new SampleSystem(Gap).WriteTo(folder);

        var trial = folder.SeatrialAsync("trial", system, "--records", "4000", "--out", folder.Run);
        await DropSlotAsync(trial);
        var exit = await trial;

        Assert.True(exit == (int)ExitCode.Unknown, folder.Output);
        var result = await folder.ResultAsync();
        Assert.Equal(Verdict.Unknown, result.Verdict);
        Assert.DoesNotContain(
            result.Suites[0].Checks, check => check.Id == "duplicated" && check.Verdict is Verdict.Pass);
    }

    [Fact]
    public async Task A_fault_that_can_not_be_confirmed_makes_the_verdict_unknown()
    {
        using var folder = new TrialFolder();

        // When the last record is done nothing is held any more, so that nothing can be taken from who is frozen.
        var system = new SampleSystem("unconfirmed").Suites(
            """
            suites:
              distributed:
                faults:
                  - pause-past-lease: rpa3
                    at: 100%
            """).WriteTo(folder);

        var exit = await folder.SeatrialAsync("trial", system, "--records", "500", "--out", folder.Run);

        Assert.True(exit == (int)ExitCode.Unknown, folder.Output);
        var result = await folder.ResultAsync();
        Assert.False(result.Suites[0].Faults[0].Proven);
        Assert.Equal(Verdict.Unknown, result.Suites[0].Checks.Single(check => check.Id == "faults").Verdict);
        Assert.Equal(Verdict.Pass, result.Suites[0].Checks.Single(check => check.Id == "lost").Verdict);
    }

    /// <summary>Takes the judge's slot away as soon as it is there.</summary>
    private static async Task DropSlotAsync(Task trial)
    {
        var driver = await TestEngine.DriverAsync();
        while (!trial.IsCompleted)
        {
            foreach (var container in await driver.Containers.ListAsync(RunLabels.Run, null, Cancellation))
            {
                if (container.Name.EndsWith("-db-1", StringComparison.Ordinal)
                    && container.Name.StartsWith(Gap, StringComparison.Ordinal)
                    && await driver.Containers.InspectAsync(container.Id, Cancellation) is { Running: true } state
                    && await TryDropAsync(state.Addresses.Values.First()))
                {
                    return;
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancellation);
        }
    }

    private static async Task<bool> TryDropAsync(string address)
    {
        try
        {
            await using var source = NpgsqlDataSource.Create(
                $"Host={address};Username=rpa;Password=rpa;Database=rpa;Pooling=false");
            await using var command = source.CreateCommand(
                """
                with reader as materialized (
                  select slot_name, pg_terminate_backend(active_pid, 5000) from pg_replication_slots
                  where active and exists (select from seatrial.records where state = 'running'))
                select count(pg_drop_replication_slot(slot_name)::text) from reader
                """);
            return await command.ExecuteScalarAsync(Cancellation) is > 0L;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
