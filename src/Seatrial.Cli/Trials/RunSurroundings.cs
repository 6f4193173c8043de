using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Seatrial.Engine.Drivers;

namespace Seatrial.Cli.Trials;

/// <summary>What a run ran on, for those who compare it with another.</summary>
internal static class RunSurroundings
{
    public static async Task<IReadOnlyDictionary<string, string>> DescribeAsync(
        IContainerDriver driver, CancellationToken cancellationToken)
    {
        var engine = await driver.Engine.DescribeAsync(cancellationToken);
        return new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["architecture"] = engine.Architecture,
            ["cpus"] = engine.Cpus.ToString(CultureInfo.InvariantCulture),
            ["engine"] = engine.Version,
            ["engine api"] = engine.ApiVersion,
            ["engine system"] = engine.OperatingSystem,
            ["host"] = RuntimeInformation.OSDescription,
            ["memory"] = string.Create(CultureInfo.InvariantCulture, $"{engine.Memory / 1073741824.0:0.0} GiB"),
            ["runtime"] = RuntimeInformation.FrameworkDescription,
            ["seatrial"] = typeof(RunSurroundings).Assembly
                .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown",
        };
    }
}
