using System.Net;
using System.Text.Json;
using Seatrial.Engine;
using Seatrial.Engine.Histories;
using Seatrial.Engine.Specs;
using Seatrial.Engine.Workloads;

namespace Seatrial.Suites.Performance;

/// <summary>
/// Puts records in over a system's HTTP entrance. What got no answer, or "later", is sent again: each record goes by
/// its own key, so that it can't get in twice. Knows what it was answered.
/// </summary>
/// <param name="client">Of the entrance.</param>
/// <param name="entrance">For people to read.</param>
/// <param name="patience">How long a request is sent again.</param>
/// <param name="clock">Of the run.</param>
internal sealed class HttpLoader(HttpClient client, ServiceEndpoint entrance, TimeSpan patience, TimeProvider clock)
    : IRecordLoader
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();

    /// <summary>Each is a connection; callers are many.</summary>
    public int MostAtOnce => 64;

    /// <summary>Up to now.</summary>
    public EntranceAnswers Answers { get; private set; } = new() { Entrance = entrance.ToString() };

    /// <inheritdoc/>
    public async Task<InsertedBatch> InsertAsync(WorkloadRecord[] batch, CancellationToken cancellationToken)
    {
        var keys = Array.ConvertAll(batch, record => record.Key);
        var body = IntakeRequests.Body(batch);
        var began = clock.GetTimestamp();
        var mayBeIn = false;
        while (true)
        {
            using var request = IntakeRequests.Post(body);
            var answer = await JsonAnswer.AskAsync(client, request, cancellationToken);
            if (answer.Status == (int)HttpStatusCode.Accepted)
            {
                var ids = Ids(keys, answer);
                Count(answers => answers with { Taken = answers.Taken + keys.Length });
                return new InsertedBatch(AckOutcome.Acked, null, keys, ids);
            }

            if (answer.Status is > 0 and < 500 and not (int)HttpStatusCode.TooManyRequests)
            {
                throw Wrong(keys[0], answer);
            }

            // An intake that says "too many" took nothing; a balancer that says "unavailable" may have asked one that
            // did.
            mayBeIn |= answer.Status is not (int)HttpStatusCode.TooManyRequests;
            var pause = answer.RetryAfter > _pause ? answer.RetryAfter.Value : _pause;
            if (clock.GetElapsedTime(began) + pause > patience)
            {
                return GiveUp(keys, mayBeIn, answer);
            }

            Count(answers => answer.Status switch
            {
                (int)HttpStatusCode.TooManyRequests => answers with { Later = answers.Later + 1 },
                (int)HttpStatusCode.ServiceUnavailable => answers with { Unavailable = answers.Unavailable + 1 },
                _ => answers with { Unanswered = answers.Unanswered + 1 },
            });
            await Task.Delay(pause, clock, cancellationToken);
        }
    }

    private InsertedBatch GiveUp(string[] keys, bool mayBeIn, JsonAnswer answer)
    {
        var reason = answer.Status == 0 ? answer.Reason : $"{answer.Status}, {answer.Reason}";
        Count(answers => mayBeIn
            ? answers with { Unknown = answers.Unknown + keys.Length, Reason = reason }
            : answers with { Refused = answers.Refused + keys.Length, Reason = reason });
        return new InsertedBatch(mayBeIn ? AckOutcome.Unknown : AckOutcome.Failed, null, keys, []);
    }

    /// <summary>In the order of the keys.</summary>
    private string[] Ids(string[] keys, JsonAnswer answer)
    {
        var ids = (answer.Body is { ValueKind: JsonValueKind.Object } body
                && body.TryGetProperty("records", out var records) && records.ValueKind is JsonValueKind.Array
                ? records.EnumerateArray() : [])
            .Select(record => (Key: JsonAnswer.Text(record, "key"), Id: JsonAnswer.Text(record, "id")))
            .Where(record => record is { Key: not null, Id: not null })
            .DistinctBy(record => record.Key)
            .ToDictionary(record => record.Key ?? "", record => record.Id ?? "", StringComparer.Ordinal);
        return Array.ConvertAll(keys, key => ids.TryGetValue(key, out var id) ? id : throw new SeatrialException(
            ExitCode.Usage,
            $"The entrance took '{key}' in, and its answer does not say as which record.",
            entrance.ToString(),
            "Let POST /records answer 202 with {\"records\": [{\"key\": …, \"id\": …}]}."));
    }

    private SeatrialException Wrong(string key, JsonAnswer answer) => new(
        ExitCode.Usage,
        [new Problem
        {
            What = $"The entrance refused a request of the load with {answer.Status}; its first record is '{key}'.",
            Where = entrance.ToString(),
            Why = answer.Reason,
            Fix = "Mend the workload's records, or name the service that takes them in: suites.performance.entrance.",
        }]);

    private void Count(Func<EntranceAnswers, EntranceAnswers> more)
    {
        lock (_lock)
        {
            Answers = more(Answers);
        }
    }
}
