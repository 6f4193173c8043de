using System.Text.Json.Nodes;

namespace Seatrial.Worker.Prefect;

/// <summary>
/// What a local run looks like in Prefect: pure, so that each message is the same however often it is sent.
/// </summary>
internal static class Projection
{
    /// <summary>Marks all that is ours.</summary>
    public const string Tag = "seatrial";

    private const string StepName = "work";

    public static FlowBody Flow(LocalRun run) => new(run.Flow, [Tag]);

    public static string Key(LocalRun run) => $"{Tag}:{run.Id}";

    /// <summary>
    /// A run that is over already is made as it ended: the server would give it times of its own anyway.
    /// </summary>
    public static FlowRunBody FlowRun(LocalRun run, Guid flow)
    {
        var labels = Labels(run);
        labels["seatrial.offline"] = run.EndedAt is not null;
        return new FlowRunBody
        {
            FlowId = flow,
            Name = $"{run.Owner} {run.StartedAt:HH:mm:ss}",
            IdempotencyKey = Key(run),
            Tags = [Tag, run.Environment],
            Labels = labels,
            State = State(run),
        };
    }

    /// <summary>Where the run is: running, or as it ended.</summary>
    public static StateBody State(LocalRun run)
    {
        var type = run.State ?? StateTypes.Running;
        return new StateBody(type, StateTypes.NameOf(type), run.Message, Transition(run, type));
    }

    /// <summary>The answer to a wish that came after the end of what it wanted to end.</summary>
    public static StateBody TooLate(LocalRun run) => new(
        StateTypes.Cancelled, StateTypes.NameOf(StateTypes.Cancelled),
        $"Cancelled after it had ended as {run.State}: {run.Message}", Transition(run, StateTypes.Cancelled));

    /// <summary>With the true times: the server's own are those of arrival.</summary>
    public static JsonObject Labels(LocalRun run)
    {
        var labels = new JsonObject
        {
            ["seatrial.run"] = run.Id.ToString(),
            ["seatrial.owner"] = run.Owner,
            ["seatrial.environment"] = run.Environment,
            ["seatrial.started_at"] = run.StartedAt.ToString("O"),
        };
        if (run.EndedAt is { } ended)
        {
            labels["seatrial.ended_at"] = ended.ToString("O");
            labels["seatrial.duration_s"] = (ended - run.StartedAt).TotalSeconds;
            labels["seatrial.claims"] = run.Counts.Claimed;
            labels["seatrial.records_ended"] = run.Counts.Ended;
            labels["seatrial.failed_attempts"] = run.Counts.Failed;
            labels["seatrial.stale"] = run.Counts.Stale;
            labels["seatrial.steps"] = run.Steps;
        }

        return labels;
    }

    public static string LogMark(LogEntry log) => $"[#{log.Number}]";

    public static LogBody Log(LogEntry log, Guid remote) =>
        new(log.Logger, log.Level, $"{LogMark(log)} {log.Message}", log.At, remote);

    /// <summary>The task run's id.</summary>
    public static Guid StepId(LocalRun run, StepEntry step) => DerivedId.Of(run.Id, $"step {step.Number}");

    /// <summary>A step's two states, as one event each.</summary>
    public static IEnumerable<PrefectEvent> Events(LocalRun run, StepEntry step, Guid remote)
    {
        yield return Event(run, step, remote, isEnd: false);
        yield return Event(run, step, remote, isEnd: true);
    }

    private static StateDetailsBody Transition(LocalRun run, string type) => new(DerivedId.Of(run.Id, $"state {type}"));

    private static PrefectEvent Event(LocalRun run, StepEntry step, Guid remote, bool isEnd)
    {
        var id = StepId(run, step);
        var at = isEnd ? step.EndedAt : step.StartedAt;
        var type = isEnd ? step.State : StateTypes.Running;
        var (name, state) = ($"{StepName} {step.Number}", StateTypes.NameOf(type));
        return new PrefectEvent
        {
            Id = DerivedId.Of(id, type),
            Occurred = at,
            Event = "prefect.task-run." + state,
            Resource = new Dictionary<string, string>
            {
                ["prefect.resource.id"] = $"prefect.task-run.{id}",
                ["prefect.resource.name"] = name,
                ["prefect.run-count"] = "1",
                ["prefect.state-type"] = type,
                ["prefect.state-name"] = state,
                ["prefect.state-timestamp"] = at.ToString("O"),
                ["prefect.orchestration"] = "client",
            },
            Related =
            [
                Related($"prefect.flow-run.{remote}", "flow-run"),
                Related($"prefect.tag.{Tag}", "tag"),
            ],
            Payload = new StepEventPayload(
                new IntendedTransition(isEnd ? StateTypes.Running : null, type),
                isEnd ? StateOf(StateTypes.Running, null) : null,
                StateOf(type, isEnd ? step.Counts.ToString() : null),
                new EventTaskRun
                {
                    Name = name,
                    TaskKey = $"{Tag}.{StepName}",
                    DynamicKey = $"{step.Number}",
                    Tags = [Tag],
                    ExpectedStartTime = step.StartedAt,
                    StartTime = step.StartedAt,
                    EndTime = isEnd ? step.EndedAt : null,
                    TotalRunTime = isEnd ? (step.EndedAt - step.StartedAt).TotalSeconds : null,
                }),
        };
    }

    private static EventState StateOf(string type, string? message) =>
        new(type, StateTypes.NameOf(type), message, new EventStateDetails());

    private static Dictionary<string, string> Related(string id, string role) => new()
    {
        ["prefect.resource.id"] = id,
        ["prefect.resource.role"] = role,
    };
}
