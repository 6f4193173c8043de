using System.Text;
using Seatrial.Worker.Configuration;

namespace Seatrial.Worker.Tests.Configuration;

/// <summary>Writes <c>docs/configuration.md</c> from the options.</summary>
internal static class ConfigurationPage
{
    private static readonly (string Prefix, string Title)[] _sections =
    [
        ("CONTAINER_DATABASE_CONNECTIONS__", "Databases"),
        ("CONTAINER_SERVICE_DEPENDENCIES__", "Services"),
        ("CONTAINER_WORKER__", "Work"),
        ("CONTAINER_RESOURCE_LIMITS__", "Limits"),
        ("CONTAINER_HEALTH_CHECK_CONFIG__", "Health"),
        ("CONTAINER_HTTP__", "Records over HTTP"),
        ("CONTAINER_MONITORING_CONFIG__", "Monitoring"),
        ("CONTAINER_", "The container"),
    ];

    public static string Write()
    {
        var text = new StringBuilder("""
            # Configuration of a worker's container

            <!-- Written by ConfigurationPageTests from ContainerOptions: SEATRIAL_GOLDEN=write writes it anew. -->

            Each setting is an environment variable. `__` nests; `<NAME>` is the name of a database or service in capitals. A variable's
            name with `_FILE` behind it names a file that holds the value, such as a secret of Docker or Kubernetes. `CONTAINER_CONFIG_FILE`
            names a JSON file with the same settings (`CONTAINER_WORKER__BATCH_SIZE` is `{"worker": {"batch_size": 100}}`); variables win
            over it. All faults are told at once, with what to write instead; the container then ends with code 78 and nothing was started.

            Files are looked at again on a beat. What says *live* is taken up while the worker runs; so is a connection string of which only
            the password changed. After any other change the worker drains and ends with code 75, for the orchestrator to start it anew.
            A file that is mounted alone keeps its old content when it is replaced outside by another: write into it, or mount its folder.
            `/startup-report` answers with every setting and where it came from, secrets masked.

            Durations are written `500ms`, `5s`, `1m30s`; sizes `64k`, `512m`, `1.5g`.

            """);
        foreach (var section in ContainerOptions.All.GroupBy(SectionOf))
        {
            text.Append("\n## ").Append(section.Key)
                .Append("\n\n| variable | holds | default | |\n|---|---|---|---|\n");
            foreach (var option in section)
            {
                text.Append("| `").Append(option.Variable).Append("` | ").Append(option.Form).Append(" | ")
                    .Append(Default(option)).Append(" | ").Append(option.Description)
                    .Append(option.IsLive ? " *Live.*" : "").Append(" |\n");
            }
        }

        return text.Append("""

            ## Exit codes

            | code | means |
            |---|---|
            | 0 | asked to stop, and stopped in order |
            | 69 | a required dependency did not come up in time |
            | 70 | a bug |
            | 75 | the configuration changed: start it again |
            | 78 | the configuration is faulty: a restart does not help |

            """).ToString();
    }

    private static string SectionOf(ContainerOption option) =>
        _sections.First(section => option.Variable.StartsWith(section.Prefix, StringComparison.Ordinal)).Title;

    private static string Default(ContainerOption option) =>
        option.IsRequired ? "required" : option.Default is { } preset ? $"`{preset}`" : "";
}
