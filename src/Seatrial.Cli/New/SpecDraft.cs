using System.Globalization;
using System.Text;
using Seatrial.Engine;
using Seatrial.Engine.Compose;
using Seatrial.Engine.Specs;

namespace Seatrial.Cli.New;

/// <summary>The text of a <c>seatrial.yaml</c>, made of what a Compose file and its folder show.</summary>
internal sealed record SpecDraft(string Text, IReadOnlyList<string> Seen)
{
    private const string FlowName = "CONTAINER_FLOW_NAME";

    private static readonly string[] _names = ["id", "key", "number", "uuid", "name"];

    /// <summary>What was not given is looked for.</summary>
    /// <exception cref="SeatrialException">What can't be found has to be given.</exception>
    public static SpecDraft Of(ComposeProject project, string[]? stages, string? workload, string? key)
    {
        var database = PostgresServices.Find(project) ?? throw new SeatrialException(
            ExitCode.Usage, "No service has a PostgreSQL image.", project.File,
            "A trial reads the write-ahead log of a PostgreSQL among the services: add it, or set POSTGRES_PASSWORD "
                + "on the one that is there.");
        var flows = project.Services.Values.Where(service => service.Environment.ContainsKey(FlowName)).ToList();
        stages ??= [.. flows.Select(flow => flow.Environment[FlowName]).Distinct()];
        workload ??= Csv(project.Directory);
        var columns = Columns(workload);
        key ??= columns.FirstOrDefault(column => _names.Contains(column.ToLowerInvariant())) ?? columns[0];
        var text = new StringBuilder();
        text.AppendLine("# What Compose can't say of the system beside it. Paths start from this folder.");
        text.AppendLine("# All keys: docs/seatrial-yaml.md");
        text.AppendLine();
        text.AppendLine("# Where the judge reads the write-ahead log, with the names that its variables give.");
        text.AppendLine("database:");
        text.AppendLine(CultureInfo.InvariantCulture, $"  service: {Quoted(database.Service)}");
        text.AppendLine();
        Records(text, stages, isWorker: flows.Count > 0);
        text.AppendLine();
        text.AppendLine("workload:");
        var path = Path.GetRelativePath(project.Directory, workload);
        text.AppendLine(CultureInfo.InvariantCulture, $"  file: {Quoted(path)}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  key: {Quoted(key)}");
        text.AppendLine();
        Faults(text, stages, flows);
        return new SpecDraft(text.ToString(),
        [
            $"database: service {database.Service}, database {database.Name}",
            flows.Count > 0
                ? $"records: Seatrial.Worker's own tables, through {string.Join(", ", stages)}"
                : "records: the tables of a black box; fill in what stands in capital letters",
            $"workload: {workload}, named by {key}",
        ]);
    }

    private static void Records(StringBuilder text, string[] stages, bool isWorker)
    {
        text.AppendLine("records:");
        text.AppendLine(CultureInfo.InvariantCulture, $"  stages: [{string.Join(", ", stages.Select(Quoted))}]");
        if (!isWorker)
        {
            text.AppendLine(
                """
                  # The table whose rows are the records, and the one whose inserts are the effects.
                  queue:
                    table: QUEUE_TABLE
                    id: ID_COLUMN
                    state: STATE_COLUMN
                    states: {ready: READY, running: RUNNING, done: DONE}
                  effect:
                    table: EFFECT_TABLE
                    record: RECORD_ID_COLUMN
                """);
        }
    }

    private static void Faults(StringBuilder text, string[] stages, List<ComposeService> flows)
    {
        if (flows.Count is 0 || stages.Length is 0)
        {
            return;
        }

        text.AppendLine("suites:");
        text.AppendLine("  distributed:");
        text.AppendLine("    faults:");
        text.AppendLine(CultureInfo.InvariantCulture, $"      - {{kill: {Quoted(flows[0].Name)}, at: 33%}}");
    }

    private static string Csv(string folder)
    {
        var found = new[] { folder, Path.Combine(folder, "data") }
            .Where(Directory.Exists)
            .SelectMany(place => Directory.EnumerateFiles(place, "*.csv"))
            .Order(StringComparer.Ordinal)
            .ToList();
        return found.Count > 0 ? found[0] : throw new SeatrialException(
            ExitCode.Usage, "No CSV file with records was found.", folder, "Name one: --workload FILE");
    }

    private static string[] Columns(string file)
    {
        if (!File.Exists(file))
        {
            throw new SeatrialException(ExitCode.Usage, $"There is no file {file}.", "command line: --workload",
                "Name a CSV file with a header.");
        }

        var header = File.ReadLines(file).FirstOrDefault() ?? "";
        return [.. header.Split(',').Select(column => column.Trim().Trim('"'))];
    }

    private static string Quoted(string text) => text.Length > 0 && text.All(letter => char.IsAsciiLetterOrDigit(letter)
        || letter is '_' or '-' or '/' or '.') && char.IsAsciiLetter(text[0])
        ? text
        : $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
