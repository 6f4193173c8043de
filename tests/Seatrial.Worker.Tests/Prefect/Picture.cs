using System.Text.Json;
using Microsoft.Data.Sqlite;
using Seatrial.Worker.Prefect;

namespace Seatrial.Worker.Tests.Prefect;

/// <summary>Compares what a state folder knows with what Prefect shows.</summary>
internal static class Picture
{
    /// <summary>
    /// Every run of the outbox in a line for each of run, step and log, as this machine knows them.
    /// </summary>
    public static IReadOnlyList<string> OfFolder(string folder)
    {
        var lines = new List<string>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.db"))
        {
            using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
            connection.Open();
            if (Column(connection, "select name from sqlite_master where name = 'notes'").Count == 0)
            {
                // A worker is about to make it.
                continue;
            }

            var runs = Column(connection, "select data from runs order by id")
                .Select(data => JsonSerializer.Deserialize(data, PrefectJson.Default.LocalRun)!)
                .ToDictionary(run => run.Id);
            foreach (var run in runs.Values)
            {
                lines.Add($"{run.Id} {run.State ?? "RUNNING"} {run.Counts.Ended} {run.Counts.Failed} {run.Counts.Stale}"
                    + $" {run.StartedAt:O} {run.EndedAt:O}");
                lines.AddRange(Column(connection, $"select payload from outbox where kind = 1 and run = '{run.Id}'")
                    .Select(data => JsonSerializer.Deserialize(data, PrefectJson.Default.StepEntry)!)
                    .Select(step => $"{run.Id} work {step.Number} {step.State} {step.StartedAt:O} {step.EndedAt:O}"
                        + $" {step.Counts}"));
                lines.AddRange(Column(connection, $"select payload from outbox where kind = 2 and run = '{run.Id}'")
                    .Select(data => JsonSerializer.Deserialize(data, PrefectJson.Default.LogEntry)!)
                    .Select(log => $"{run.Id} {log.Level} {log.At:O} [#{log.Number}] {log.Message}"));
            }
        }

        return [.. lines.Order(StringComparer.Ordinal)];
    }

    /// <summary>The same of the runs that the server has of these owners.</summary>
    public static async Task<IReadOnlyList<string>> OfServerAsync(PrefectClient client, params string[] owners)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var lines = new List<string>();
        var all = await client.FindFlowRunsAsync(
            new FlowRunFilter { Tags = new AllOf<string>([Projection.Tag]) }, cancellation);
        foreach (var run in all.Where(run => owners.Any(owner => run.Name.StartsWith(owner, StringComparison.Ordinal))))
        {
            string Label(string name) =>
                run.Labels.TryGetValue("seatrial." + name, out var value) ? value.ToString() : "";
            var id = (run.IdempotencyKey ?? "").Split(':')[^1];
            lines.Add($"{id} {run.StateType} {Label("records_ended")} {Label("failed_attempts")} {Label("stale")}"
                + $" {Label("started_at")} {Label("ended_at")}");
            var steps = await client.FindTaskRunsAsync(
                new TaskRunFilter { FlowRunId = new AnyOf<Guid>([run.Id]) }, cancellation);
            lines.AddRange(steps.Select(step =>
                $"{id} {step.Name} {step.StateType} {Utc(step.StartTime)} {Utc(step.EndTime)} {step.State?.Message}"));
            var logs = await client.ReadLogsAsync(run.Id, cancellation);
            lines.AddRange(logs.Select(log => $"{id} {log.Level} {Utc(log.Timestamp)} {log.Message}"));
        }

        return [.. lines.Order(StringComparer.Ordinal)];
    }

    private static string Utc(DateTimeOffset? time) => $"{time?.ToUniversalTime():O}";

    private static List<string> Column(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var all = new List<string>();
        while (reader.Read())
        {
            all.Add(reader.GetString(0));
        }

        return all;
    }
}
