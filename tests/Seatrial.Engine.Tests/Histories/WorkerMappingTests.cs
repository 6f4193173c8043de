using Seatrial.Engine.Checks;
using Seatrial.Engine.Histories;
using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Tests.Histories;

/// <summary>Worker's own tables, in which a record that is done is deleted.</summary>
public sealed class WorkerMappingTests
{
    [Fact]
    public async Task A_row_that_goes_with_its_effect_is_done_and_one_that_goes_without_is_torn()
    {
        await using var queue = await QueueDatabase.CreateAsync(mapping: BuiltInMapping.ForWorker(["rpa1", "rpa2"]));
        await using var recorder = await queue.RecordAsync();
        await queue.EnqueueAsync(2);
        await queue.ClaimAsync("rpa1-1");
        await queue.RunAsync(
            """
            with gone as (delete from seatrial.records where key = 'gss:0' returning *),
            next as (insert into seatrial.records (queue, key) select 'rpa2', key from gone)
            insert into seatrial.results (record_id, queue, key, owner, fence)
            select id, queue, key, owner, fence from gone
            """);
        await queue.RunAsync("delete from seatrial.records where key = 'gss:1'");

        var judgement = await queue.JudgeAsync(recorder, DrainOutcome.DeadlinePassed);

        var effect = queue.Events().Single(happened => happened.Kind is EventKind.Effect);
        Assert.Equal(("gss:0", "rpa1-1", 1L), (effect.Key, effect.Owner, effect.Epoch));
        var torn = judgement.Checks.Single(check => check.Id == "torn");
        Assert.Equal(Verdict.Fail, torn.Verdict);
        Assert.Equal("rpa1/2 (gss:1)", Assert.Single(torn.Findings).Record);
    }
}
