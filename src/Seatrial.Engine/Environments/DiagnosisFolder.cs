using System.Text.Json;
using System.Text.Json.Serialization;
using Seatrial.Engine.Drivers;

namespace Seatrial.Engine.Environments;

/// <summary>
/// All that is known of a start that failed, for those who look for its cause: <c>problems.txt</c>,
/// <c>containers.json</c> (state, last health probes, use of resources), <c>events.txt</c>, <c>configuration.json</c>
/// with secrets masked, <c>logs/NAME.log</c> of every container, dead or alive.
/// </summary>
internal static class DiagnosisFolder
{
    private static readonly JsonSerializerOptions _indented = new()
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>
    /// The folder; null where the plan names none, or it can't be written: the cause is what the user has to see.
    /// </summary>
    public static async Task<string?> WriteAsync(
        EnvironmentSession session,
        IReadOnlyList<ContainerStart> starts,
        IReadOnlyList<Problem> problems,
        CancellationToken cancellationToken)
    {
        if (session.Plan.Diagnosis is not { } folder)
        {
            return null;
        }

        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "logs"));
            await WriteAsync("problems.txt", string.Join("\n\n", problems));
            await WriteAsync(
                "events.txt", string.Concat(session.Events.SoFar.Select(told => Line(session.Plan, told))));
            await WriteAsync("configuration.json", JsonSerializer.Serialize(
                session.Plan.Containers.Select(container => SecretMask.Masked(container.Request)), _indented));
            var states = await Task.WhenAll(starts
                .Where(start => start.Created.IsCompletedSuccessfully)
                .Select(start => ContainerAsync(session, start, folder, cancellationToken)));
            await WriteAsync("containers.json", JsonSerializer.Serialize(states.OfType<object>(), _indented));
            return folder;
        }
        catch (Exception e) when (
            e is IOException or UnauthorizedAccessException or SeatrialException or OperationCanceledException)
        {
            return Directory.Exists(folder) ? folder : null;
        }

        Task WriteAsync(string name, string text) =>
            File.WriteAllTextAsync(Path.Combine(folder, name), text, cancellationToken);
    }

    private static async Task<object?> ContainerAsync(
        EnvironmentSession session, ContainerStart start, string folder, CancellationToken cancellationToken)
    {
        var id = await start.Created;
        var containers = session.Driver.Containers;
        if (await containers.InspectAsync(id, cancellationToken) is not { } state)
        {
            return null;
        }

        if (containers is ICanReadLogs logs)
        {
            await File.WriteAllLinesAsync(
                Path.Combine(folder, "logs", $"{start.Container.Name}.log"),
                await logs.LogsAsync(id, tail: null, cancellationToken),
                cancellationToken);
        }

        var usage = state.Running && containers is ICanMeasure measure
            ? await measure.MeasureAsync(id, cancellationToken)
            : null;
        return new { State = state with { Labels = new Dictionary<string, string>() }, Usage = usage };
    }

    private static string Line(EnvironmentPlan plan, EngineEvent told)
    {
        var container = plan.Containers.FirstOrDefault(one =>
            one.Service == told.Labels.GetValueOrDefault(RunLabels.Service)
            && $"{one.Number}" == told.Labels.GetValueOrDefault(RunLabels.Number));
        var exit = told.ExitCode is { } code ? $" {code}" : "";
        return $"{told.At:O} {container?.Name ?? told.ContainerId} {told.Kind}{exit}\n";
    }
}
