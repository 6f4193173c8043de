using Seatrial.Engine.Checks;
using Seatrial.Engine.Runs;

namespace Seatrial.Suites.Integration;

/// <summary>What the suite's evidence means, beside the history of the same run.</summary>
internal static class IntegrationChecks
{
    public static IEnumerable<CheckResult> Of(IntegrationEvidence seen, IReadOnlyList<QueueSummary> log)
    {
        yield return Entrance(seen);
        yield return Followed(seen, log);
        yield return PublishedCount(seen, log);
        yield return Traces(seen, log);
        if (seen.Scraped is { } scraped)
        {
            yield return Metrics(scraped, log);
        }

        if (seen.Alert is { } alert)
        {
            yield return Alert(alert);
        }

        if (seen.Prefect is { } prefect)
        {
            yield return Prefect(prefect, log);
        }
    }

    private static CheckResult Entrance(IntegrationEvidence seen)
    {
        var ids = seen.Sent.Where(record => record.Id is not null)
            .ToDictionary(record => record.Key, record => record.Id);
        List<Finding> findings =
        [
            .. seen.Sent.Where(record => record is { Id: null, Status: > 0 }).Select(record => Find(
                record.Key, $"It was answered with {record.Status}: {record.Reason}")),
            .. seen.Repeated
                .Where(record => record.Status > 0
                    && (record.IsNew || record.Id != ids.GetValueOrDefault(record.Key)))
                .Select(record => Find(
                    record.Key,
                    $"Sent a second time it was answered with {record.Status} and record {record.Id ?? "none"}, "
                        + $"{(record.IsNew ? "a new one" : "none new")}; the first was "
                        + $"{ids.GetValueOrDefault(record.Key) ?? "none"}.")),
            .. seen.Refusals.Where(refusal => refusal.Status > 0 && refusal.Status != refusal.Expected)
                .Select(refusal => Find(
                    refusal.What,
                    $"It was answered with {refusal.Status} instead of {refusal.Expected}: {refusal.Reason}")),
        ];
        IReadOnlyList<string> silent =
        [
            .. seen.Sent.Concat(seen.Repeated).Where(record => record.Status == 0)
                .Select(record => record.Reason ?? ""),
            .. seen.Refusals.Where(refusal => refusal.Status == 0).Select(refusal => refusal.Reason),
        ];
        return Decide(
            "entrance", "What was sent through the balancer was taken in once, and what was wrong was refused",
            findings,
            seen.Sent.Count == 0 ? "Nothing was sent." : Silent(findings, silent),
            $"{seen.Sent.Count} records taken in, {seen.Repeated.Count} sent twice, {seen.Refusals.Count} refused, "
                + $"{seen.Retries} answers of \"later\".");
    }

    private static CheckResult Followed(IntegrationEvidence seen, IReadOnlyList<QueueSummary> log)
    {
        var stages = log.Select(queue => queue.Queue).ToList();
        var done = seen.Followed.Count(record => record.State == "done");
        var dead = seen.Followed.Count(record => record.State == "dead");
        var (doneInLog, deadInLog) = (log[^1].Done, log.Sum(queue => queue.Dead));
        List<Finding> findings =
        [
            .. seen.Followed
                .Where(record => record.State is not "dead" and not FollowedRecord.Unanswered
                    && !stages.SequenceEqual(record.Done))
                .Select(record => Find(
                    record.Key,
                    $"It was last seen {record.State} in {record.Queue} after {record.Seconds:F1} s, with results "
                        + $"of {(record.Done.Count == 0 ? "no queue" : string.Join(", ", record.Done))}. "
                        + record.Reason)),
        ];
        IReadOnlyList<string> silent =
        [
            .. seen.Followed.Where(record => record.State is FollowedRecord.Unanswered)
                .Select(record => record.Reason ?? ""),
        ];
        if (silent.Count == 0 && (done != doneInLog || dead != deadInLog))
        {
            findings.Add(Find(
                "all", $"HTTP shows {done} done and {dead} dead, the log {doneInLog} done and {deadInLog} dead."));
        }

        return Decide(
            "followed", "Every record was followed over HTTP to its end, and the log agrees", findings,
            seen.Followed.Count == 0 ? "No record was followed." : Silent(findings, silent),
            $"{done} done in {stages[^1]} and {dead} dead, the last after "
                + $"{seen.Followed.Select(record => record.Seconds).DefaultIfEmpty().Max():F1} s.");
    }

    private static CheckResult PublishedCount(IntegrationEvidence seen, IReadOnlyList<QueueSummary> log)
    {
        var expected = log[^1].Done;
        List<Finding> findings = [];
        if (seen.Published is { Before: { } before, After: { } after } published)
        {
            if (after - before != expected)
            {
                findings.Add(Find("results", $"They count {after - before} records more than before, not {expected}."));
            }

            if (published.NotModified is false)
            {
                findings.Add(Find("results", "A page that had not changed was sent again to who had its ETag."));
            }
        }

        return Decide(
            "published", "What was published counts every record once", findings,
            seen.Published is not { Before: not null, After: not null }
                ? $"GET /results was not answered: {seen.Published?.Reason ?? "it was never asked"}."
                : Silent(findings, seen.Published.NotModified is null ? ["GET /results with an ETag"] : []),
            $"{seen.Published?.Rows} rows count {expected} records more than before; "
                + "an unchanged page is not sent again.");
    }

    private static CheckResult Traces(IntegrationEvidence seen, IReadOnlyList<QueueSummary> log)
    {
        var stages = log.Select(queue => queue.Queue).ToList();
        var rows = seen.Rows.ToLookup(row => row.Key);
        var followed = seen.Followed.ToDictionary(record => record.Key);
        var findings = new List<Finding>();
        foreach (var record in seen.Sent.Where(record => record.Id is not null))
        {
            var way = followed.GetValueOrDefault(record.Key)?.State == "dead" ? stages.Take(1) : stages;
            var traced = rows[record.Key]
                .Where(row => row.Trace?.Contains(record.Trace, StringComparison.Ordinal) is true)
                .Select(row => row.Queue);
            var lost = way.Except(traced).ToList();
            if (lost.Count > 0)
            {
                findings.Add(Find(
                    record.Key, $"In {string.Join(", ", lost)} its row did not bear the trace {record.Trace}."));
            }
        }

        return Decide(
            "traces", "Each record bore the trace of its request through every queue", findings,
            seen.Rows.Count == 0 ? "No row was seen." : null,
            $"{seen.Rows.Count} rows in {string.Join(", ", stages)}.");
    }

    private static CheckResult Metrics(Scraped scraped, IReadOnlyList<QueueSummary> log)
    {
        var ended = log.Sum(queue => queue.Done + queue.Dead);
        List<Finding> findings =
        [
            .. scraped.Targets.Where(target => !target.IsUp).Select(target => Find(
                target.Instance, $"Prometheus could not scrape it, a target of the job {target.Job}.")),
        ];
        if (!scraped.HasWorkers(out var workers))
        {
            findings.Add(Find("workers", $"Prometheus scrapes {workers} of them; {scraped.Expected} run."));
        }

        if (scraped.Ended != ended)
        {
            findings.Add(Find("seatrial_job_completed_total", $"It sums up to {scraped.Ended}; the log has {ended}."));
        }

        foreach (var queue in log)
        {
            var done = scraped.Handled.GetValueOrDefault($"{queue.Queue} done");
            if (done < queue.Done || done > queue.Claims)
            {
                findings.Add(Find(
                    "seatrial_job_run_duration_seconds",
                    $"{done} of {queue.Queue} are counted as done; the log has {queue.Done}, "
                        + $"of {queue.Claims} claims."));
            }
        }

        return Decide(
            "metrics", "Prometheus scrapes every container, and its counters agree with the log", findings,
            scraped.Reason is { } reason ? $"Prometheus did not answer: {reason}"
                : scraped.Targets.Count == 0 ? "Prometheus has no targets." : null,
            $"{scraped.Targets.Count} targets are up, {ended} records ended.");
    }

    private static CheckResult Alert(AlertSeen alert) => Decide(
        "alerts", "A rule that was made to fire reached who is on duty",
        alert.StartedAt is null ? [Find(alert.Name, "It never came, though its cause was there.")] : [],
        alert.Reason is { } reason ? $"Who is told did not answer: {reason}" : null,
        $"{alert.Name} came after {alert.AfterSeconds:F1} s.");

    private static CheckResult Prefect(PrefectSeen prefect, IReadOnlyList<QueueSummary> log)
    {
        var findings = new List<Finding>();
        foreach (var queue in log)
        {
            var flow = prefect.Flows.FirstOrDefault(flow => flow.Flow == queue.Queue);
            var ended = queue.Done + queue.Dead;
            if (flow is null || flow.Runs == 0 || flow.Ended != ended
                || flow.States.Any(state => state != PrefectQueries.Completed))
            {
                findings.Add(Find(
                    queue.Queue,
                    $"Prefect shows {flow?.Runs ?? 0} runs ({string.Join(", ", flow?.States ?? [])}) that ended "
                        + $"{flow?.Ended ?? 0} records; the log has {ended}."));
            }
        }

        return Decide(
            "prefect", "Prefect shows a flow run for the work of each flow", findings,
            prefect.Reason is { } reason ? $"Prefect did not answer: {reason}" : null,
            $"{prefect.Flows.Sum(flow => flow.Runs)} flow runs, all completed, ended what the log has.");
    }

    /// <summary>Who does not answer was not seen to do wrong; null where somebody else was, or all answered.</summary>
    private static string? Silent(List<Finding> findings, IReadOnlyList<string> reasons) =>
        findings.Count > 0 || reasons.Count == 0 ? null
            : $"{reasons.Count} requests got no answer: {reasons[0]}";

    private static CheckResult Decide(
        string id, string title, List<Finding> findings, string? unknown, string passed) => new()
        {
            Id = id,
            Title = title,
            Verdict = unknown is not null ? Verdict.Unknown : findings.Count > 0 ? Verdict.Fail : Verdict.Pass,
            Count = unknown is not null ? 1 : findings.Count,
            Summary = unknown
                ?? (findings.Count == 0 ? passed : $"{findings.Count} things were not as they should be."),
            Findings = unknown is not null ? [] : [.. findings.Take(20)],
        };

    private static Finding Find(string record, string story) => new() { Record = record, Story = story };
}
