using Seatrial.Cli;
using Seatrial.Engine.Checks;
using Seatrial.Engine.Runs;
using Seatrial.Reports.Json;
using Seatrial.Testing;

namespace Seatrial.Trials.Tests;

/// <summary>A folder of its own, in which commands run in process, and which goes with the test.</summary>
public sealed class TrialFolder : IDisposable
{
    private readonly StringWriter _output = new();

    public string Path { get; } = Directory.CreateTempSubdirectory("seatrial-trial-").FullName;

    /// <summary>All that commands said, errors too.</summary>
    public string Output => _output.ToString();

    /// <summary>Where a run's reports and evidence go.</summary>
    public string Run => System.IO.Path.Combine(Path, "run");

    /// <summary>Of commands, beside those of this process.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>The sample system, as it is in the repository.</summary>
    public static string Rpa => System.IO.Path.Combine(Repository.Root, "systems", "rpa");

    /// <summary>Runs a command to its end.</summary>
    public Task<int> SeatrialAsync(params string[] arguments) =>
        Program.RunAsync(arguments, Host(), TestContext.Current.CancellationToken);

    /// <summary>Runs a command that may be interrupted.</summary>
    public Task<int> SeatrialAsync(CancellationToken interruption, params string[] arguments) =>
        Program.RunAsync(arguments, Host(), interruption);

    /// <summary>What <c>report.json</c> says.</summary>
    public async Task<RunResult> ResultAsync() =>
        await JsonReport.ReadAsync(System.IO.Path.Combine(Run, "report.json"), TestContext.Current.CancellationToken);

    /// <summary>What a check of the run's first suite says.</summary>
    public async Task<CheckResult> CheckAsync(string id) =>
        (await ResultAsync()).Suites[0].Checks.Single(check => check.Id == id);

    /// <summary>Writes a file and returns its path.</summary>
    public string Write(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path) ?? Path);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose()
    {
        _output.Dispose();
        Directory.Delete(Path, recursive: true);
    }

    private ProgramHost Host() => new()
    {
        Out = _output,
        Error = _output,
        Interactive = false,
        Environment = Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .Select(entry => KeyValuePair.Create((string)entry.Key, (string?)entry.Value ?? ""))
            .Where(entry => !Variables.ContainsKey(entry.Key))
            .Concat(Variables)
            .ToDictionary(),
        Directory = Path,
        Clock = TimeProvider.System,
    };
}
