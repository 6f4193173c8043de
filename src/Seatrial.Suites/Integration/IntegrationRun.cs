using System.Globalization;
using Seatrial.Engine;
using Seatrial.Engine.Histories;
using Seatrial.Engine.Specs;
using Seatrial.Engine.Workloads;
using Seatrial.Suites.Distributed;

namespace Seatrial.Suites.Integration;

/// <summary>The steps of the suite, each leaving what it saw.</summary>
internal sealed class IntegrationRun(TestEnvironment environment, TimeProvider clock)
{
    /// <summary>Of the record that the first flow has to reject.</summary>
    public const string RejectedKey = "seatrial:rejected";

    private const int RecordsOfARequest = 10;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan _answersWithin = TimeSpan.FromSeconds(15);

    private readonly IReadOnlyList<string> _stages = environment.Plan.Spec.Mapping.Stages;
    private DateTimeOffset _began;

    /// <summary>So far.</summary>
    public IntegrationEvidence Evidence { get; private set; } = new();

    /// <summary>Returns why it ended before everything was done; null when everything was.</summary>
    public async Task<string?> RunAsync(CancellationToken cancellationToken)
    {
        if (environment.Plan.Spec.Integration is not { } spec)
        {
            return "seatrial.yaml says nothing of suites.integration";
        }

        using var client = await ClientAsync(spec.Entrance, cancellationToken);
        var entrance = new Entrance(client, clock);
        var traces = new TraceRows(environment.Database, environment.Plan.Spec.Mapping);
        await traces.BeginAsync(cancellationToken);
        var before = await entrance.CountAsync(spec.CountedIn, cancellationToken);
        await SendAsync(entrance, spec, cancellationToken);
        await RefuseAsync(entrance, cancellationToken);
        await FollowAsync(entrance, cancellationToken);
        var stopped = await new Draining(environment, clock).WaitAsync(
            Evidence.Sent.Count(record => record.Id is not null), isFaultAtWork: () => false, cancellationToken);
        var after = await entrance.CountAsync(spec.CountedIn, cancellationToken);
        Evidence = Evidence with
        {
            Published = new Published(
                before.Count, after.Count, after.Rows, await entrance.IsNotModifiedAsync(after.Tag, cancellationToken),
                before.Reason ?? after.Reason),
            Rows = await traces.ReadAsync(cancellationToken),
        };
        await AskOthersAsync(spec, cancellationToken);
        return stopped;
    }

    /// <summary>One record by itself, the others in batches, the first batch twice.</summary>
    private async Task SendAsync(Entrance entrance, IntegrationSpec spec, CancellationToken cancellationToken)
    {
        var workload = environment.Plan.Spec.Workload;
        var records = new RecordSource(workload, environment.Plan.Request.Seed)
            .Read(environment.Plan.Records).ToList();
        var requests = records.Take(1).Chunk(1).Concat(records.Skip(1).Chunk(RecordsOfARequest)).ToList();
        if (spec.Rejected is { } rejected)
        {
            requests.Add([new WorkloadRecord(RejectedKey, rejected)]);
        }

        _began = clock.GetUtcNow();
        await using var log = ClientLog.Create(environment.Folder.Path);
        for (var i = 0; i < requests.Count; i++)
        {
            var sent = await entrance.SendAsync(requests[i], Name(i), Trace(i), cancellationToken);
            Evidence = Evidence with { Sent = [.. Evidence.Sent, .. sent] };
            await log.AppendAsync([.. sent.Select(record => Acknowledgement(workload.Queue, record))]);
        }

        var again = Math.Min(1, requests.Count - 1);
        Evidence = Evidence with
        {
            Repeated = await entrance.SendAsync(requests[again], Name(again), Trace(again), cancellationToken),
            Retries = entrance.Retries,
        };
        await log.CompleteAsync();
    }

    private async Task RefuseAsync(Entrance entrance, CancellationToken cancellationToken) =>
        Evidence = Evidence with
        {
            Refusals =
            [
                await entrance.TryAsync("what is no JSON", "{", 400, cancellationToken),
                await entrance.TryAsync(
                    "a record without a key", """[{"payload": {}}]""", 400, cancellationToken),
                await entrance.TryAsync(
                    "a payload of another shape", """{"key": "seatrial:shape", "payload": 1}""", 400,
                    cancellationToken),
            ],
        };

    private async Task FollowAsync(Entrance entrance, CancellationToken cancellationToken)
    {
        var within = environment.Plan.Spec.Workload.DrainWithin;
        var followed = await Task.WhenAll(Evidence.Sent.Where(record => record.Id is not null).Select(
            record => entrance.FollowAsync(record.Key, _stages[^1], within, cancellationToken)));
        Evidence = Evidence with { Followed = followed };
    }

    private async Task AskOthersAsync(IntegrationSpec spec, CancellationToken cancellationToken)
    {
        var counts = environment.Log.Counts.Queues;
        var ended = counts.Values.Sum(queue => queue.Done + queue.Dead);
        var alert = spec is { Receiver: { } receiver, Alert: { } name }
            ? AlertAsync(receiver, name, cancellationToken) : Task.FromResult<AlertSeen?>(null);
        var scraped = spec.Prometheus is { } prometheus
            ? ScrapedAsync(prometheus, ended, cancellationToken) : Task.FromResult<Scraped?>(null);
        var prefect = spec.Prefect is { } server && environment.Plan.Project.Services.ContainsKey(server.Service)
            ? PrefectAsync(
                server, _stages.ToDictionary(stage => stage, stage => counts[stage].Done + counts[stage].Dead),
                cancellationToken)
            : Task.FromResult<PrefectSeen?>(null);
        Evidence = Evidence with { Alert = await alert, Scraped = await scraped, Prefect = await prefect };
    }

    private async Task<AlertSeen?> AlertAsync(
        ServiceEndpoint receiver, string name, CancellationToken cancellationToken)
    {
        try
        {
            using var client = await ClientAsync(receiver, cancellationToken);
            return await new AlertWatch(client, clock).WaitAsync(
                name, _began, _answersWithin, cancellationToken);
        }
        catch (SeatrialException away)
        {
            return new AlertSeen(name, null, null, away.Message);
        }
    }

    private async Task<Scraped?> ScrapedAsync(
        ServiceEndpoint prometheus, long ended, CancellationToken cancellationToken)
    {
        var targets = environment.Containers.Containers.Count(container => _stages.Contains(container.Service));
        try
        {
            using var client = await ClientAsync(prometheus, cancellationToken);
            return await new PrometheusQueries(client, clock).WaitAsync(
                targets, ended, _answersWithin, cancellationToken);
        }
        catch (SeatrialException away)
        {
            return new Scraped([], new Dictionary<string, long>(), null, targets, away.Message);
        }
    }

    private async Task<PrefectSeen?> PrefectAsync(
        ServiceEndpoint server, Dictionary<string, long> expected, CancellationToken cancellationToken)
    {
        try
        {
            using var client = await ClientAsync(server, cancellationToken);
            return await new PrefectQueries(client, clock).WaitAsync(expected, _patience, cancellationToken);
        }
        catch (SeatrialException away)
        {
            return new PrefectSeen([], away.Message);
        }
    }

    private Task<HttpClient> ClientAsync(ServiceEndpoint endpoint, CancellationToken cancellationToken) =>
        ServiceAddress.ClientAsync(environment.Containers, environment.Driver, endpoint, cancellationToken);

    private static Acknowledgement Acknowledgement(string queue, SentRecord record) => new()
    {
        Queue = queue,
        Key = record.Key,
        Record = record.Id,
        Outcome = record.Id is not null ? AckOutcome.Acked
            : record.Status is >= 400 and < 500 ? AckOutcome.Failed : AckOutcome.Unknown,
    };

    private string Name(int request) => $"{environment.Plan.Request.RunId}-{request}";

    /// <summary>By the run's seed, so that one seed sends the same requests.</summary>
    private string Trace(int request) => string.Create(
        CultureInfo.InvariantCulture, $"{environment.Plan.Request.Seed:x16}{request + 1:x16}");
}
