using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using Npgsql;
using Seatrial.Wire;
using Seatrial.Worker.Health;

namespace Seatrial.Worker.Configuration;

/// <summary>Puts together what a container says of itself when it starts.</summary>
internal static class StartupReports
{
    private static readonly Lazy<IReadOnlyDictionary<string, string>> _versions = new(() =>
        new Dictionary<string, string>
        {
            ["dotnet"] = Environment.Version.ToString(),
            ["flow"] = VersionOf(Assembly.GetEntryAssembly()),
            ["npgsql"] = VersionOf(typeof(NpgsqlConnection).Assembly),
            ["os"] = RuntimeInformation.OSDescription,
            ["worker"] = VersionOf(typeof(StartupReports).Assembly),
        });

    public static IReadOnlyDictionary<string, string> Versions => _versions.Value;

    public static StartupReport Create(
        ConfigurationReading reading, IReadOnlyList<DependencyStatus> dependencies, DateTimeOffset startedAt) => new()
        {
            Flow = reading.Config.FlowName,
            Environment = reading.Config.Environment,
            StartedAt = startedAt,
            Configuration = reading.Values,
            Warnings = [.. reading.Problems.Where(problem => !problem.IsError).Select(problem => problem.ToString())],
            Dependencies = [.. dependencies],
            Versions = Versions,
            Limits = ContainerLimitsReader.Read(reading.Config.ResourceLimits),
        };

    /// <summary>For people: a line for each thing, defaults left out.</summary>
    public static string Render(StartupReport report)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{report.Flow} in {report.Environment}");
        foreach (var value in report.Configuration.Where(value => value.Source != ConfigurationValue.FromDefault))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  {value.Name} = {value.Value}  ({value.Source})");
        }

        var defaults = report.Configuration.Count(value => value.Source == ConfigurationValue.FromDefault);
        text.Append(CultureInfo.InvariantCulture, $"\n  {defaults} settings by default");
        foreach (var dependency in report.Dependencies)
        {
            var need = dependency.Required ? "required" : "optional";
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n  {need} {dependency.Kind} {dependency.Name} at {dependency.Target}: {dependency.State}");
        }

        var limits = report.Limits;
        text.Append(CultureInfo.InvariantCulture, $"\n  limits ({limits.Source})");
        text.Append(CultureInfo.InvariantCulture, $": memory {Of(limits.MemoryLimitMb)} MB");
        text.Append(CultureInfo.InvariantCulture, $", CPUs {Of(limits.Cpus)}, processors {limits.Processors}");
        text.Append(CultureInfo.InvariantCulture, $", heap {limits.HeapLimitMb:F0} MB");
        text.Append("\n  versions: ");
        return text.AppendJoin(", ", report.Versions.Select(version => $"{version.Key} {version.Value}")).ToString();
    }

    private static string Of(double? limit) => limit?.ToString("0.##", CultureInfo.InvariantCulture) ?? "unlimited";

    private static string VersionOf(Assembly? assembly) =>
        assembly?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
        ?? "unknown";
}
