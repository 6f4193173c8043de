using Seatrial.Testing;

namespace Seatrial.Trials.Tests;

/// <summary>A worker that is slow for one reason, over a queue that has the reason's name.</summary>
/// <param name="Name">Of the cause that must be found first.</param>
/// <param name="Where">What must be named as its place.</param>
/// <param name="Records">As many as keep it busy for a quarter of a minute.</param>
internal sealed record PlantedBottleneck(string Name, string Where, int Records)
{
    private const string Program = "artifacts/bin/planted/release/planted";

    /// <summary>Settings of the worker, as lines of its environment.</summary>
    public string Environment { get; init; } = "";

    /// <summary>Another line of its service.</summary>
    public string Service { get; init; } = "";

    /// <summary>Records a second; 0 for all at once.</summary>
    public int Rate { get; init; }

    /// <summary>How many records the worker claims and completes together.</summary>
    public int Batch { get; init; } = 10;

    /// <summary>What a trial does, as <c>seatrial.yaml</c> has it.</summary>
    public string Suites { get; init; } = "distributed: {faults: []}";

    public static IReadOnlyList<PlantedBottleneck> All { get; } =
    [
        new("slow-query", "worker-1", 300) { Environment = "CONTAINER_WORKER__CONCURRENCY: \"1\"" },
        new("missing-index", "planted.visits", 400) { Environment = "CONTAINER_WORKER__CONCURRENCY: \"1\"" },
        new("lock", "worker-1", 1000) { Environment = "CONTAINER_WORKER__CONCURRENCY: \"4\"" },
        new("pool", "worker-1", 300) { Environment = "CONTAINER_WORKER__CONCURRENCY: \"8\"" },
        new("cpu-limit", "worker-1", 1000) { Service = "cpus: 0.2" },
        new("logging", "worker-1", 18000),

        // A leak of less than a minute shows nothing.
        new("leak", "worker-1", 5000) { Rate = 60 },
    ];

    /// <summary>Writes its system into a folder, which is returned.</summary>
    public string WriteTo(TrialFolder folder)
    {
        var file = Repository.PathOf("systems/rpa/data/gss_cat.csv");
        foreach (var part in new[] { ".dll", ".runtimeconfig.json" })
        {
            var target = folder.Write($"system/worker/planted{part}", "");
            File.Copy(Repository.PathOf(Program + part), target, overwrite: true);
        }

        folder.Write("system/worker/Dockerfile", "FROM seatrial/rpa-base\nCOPY planted.* /app/\n");
        folder.Write("system/seatrial.yaml", $$"""
            records: {stages: [{{Name}}]}
            workload:
              file: {{file}}
              key: ""
              {{(Rate > 0 ? $"rate: {Rate}" : "")}}
            suites:
              {{Suites}}
            """);
        return Path.GetDirectoryName(folder.Write("system/compose.yaml", $$"""
            name: planted-{{Name}}
            services:
              db:
                image: seatrial/postgres
                command: [postgres, -c, wal_level=logical]
                environment: {POSTGRES_DB: planted, POSTGRES_USER: planted, POSTGRES_PASSWORD: planted}
                healthcheck:
                  test: [CMD, pg_isready, --host=127.0.0.1, --username=planted]
                  interval: 10s
                  retries: 60
              worker:
                image: seatrial-test/planted
                build: worker
                {{Service}}
                environment:
                  CONTAINER_FLOW_NAME: planted
                  CONTAINER_DATABASE_CONNECTIONS__QUEUE__CONNECTION_STRING: >-
                    Host=db;Database=planted;Username=planted;Password=planted
                  CONTAINER_WORKER__BATCH_SIZE: "{{Batch}}"
                  CONTAINER_WORKER__STATE_FOLDER: /tmp/state
                  {{Environment}}
                depends_on:
                  db: {condition: service_healthy}
                healthcheck:
                  test: [CMD, /app/worker, health]
                  interval: 10s
                  retries: 60
            """)) ?? folder.Path;
    }
}
