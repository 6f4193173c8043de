using Seatrial.Engine.Compose;
using Seatrial.Engine.Measurements.Bottlenecks;
using Seatrial.Engine.Specs;
using Seatrial.Engine.Tests.Compose;
using Seatrial.Engine.Tuning;

namespace Seatrial.Engine.Tests.Tuning;

/// <summary>A database and services that write their settings in each way there is.</summary>
internal sealed class TunedSystem : IDisposable
{
    private const string Laid = "laid-over.yaml";

    private readonly SystemFolder _folder = new SystemFolder()
        .With("compose.yaml", """
            name: shop
            services:
              db: {image: postgres, environment: {POSTGRES_PASSWORD: secret}}
              orders:
                image: orders
                environment: {CONTAINER_FLOW_NAME: orders, CONTAINER_WORKER__BATCH_SIZE: "100"}
                deploy: {replicas: 2, resources: {limits: {cpus: "0.5", memory: 256m}}}
              short:
                image: orders
                cpus: 0.5
                mem_limit: 256m
                scale: 2
                environment: [CONTAINER_FLOW_NAME=orders, CONTAINER_WORKER__BATCH_SIZE=100]
              told:
                image: orders
                environment: {CONTAINER_FLOW_NAME: orders, CONTAINER_WORKER__BATCH_SIZE_FILE: /run/batch}
              only: {image: orders, container_name: only, cpu_quota: 50000, mem_limit: 64m, memswap_limit: 128m}
              port: {image: orders, ports: ["127.0.0.1:8080:8080"], mem_limit: 512m, mem_reservation: 256m}
            """)
        .With("seatrial.yaml", """
            records: {stages: [orders]}
            workload: {file: orders.csv, key: number}
            suites: {distributed: {faults: [], replicas: {orders: 3}}}
            """)
        .With("orders.csv", "number\n1\n");

    public TunedSystem()
    {
        Project = _folder.Project();
        Spec = _folder.Spec();
    }

    public ComposeProject Project { get; }

    public SystemSpec Spec { get; }

    public void Dispose() => _folder.Dispose();

    public AppliedChange Apply(string service, string setting, double proposed) =>
        ResourceChanges.Apply(Project, Spec, new ResourceChange(service, setting, Now: null, proposed));

    /// <summary>The service with the change in it.</summary>
    public ComposeService Changed(string service, string setting, double proposed) =>
        Assert.IsType<AppliedChange.Changed>(Apply(service, setting, proposed)).Project.Services[service];

    /// <summary>The service as it is read from files that have these lines laid over them.</summary>
    public ComposeService Written(string service, IReadOnlyList<string> lines)
    {
        _folder.With(Laid, string.Join('\n', lines) + "\n");
        var reading = ComposeReader.Read(
            new ComposeRequest
            {
                Path = _folder.Path,
                Files = [Path.Combine(_folder.Path, "compose.yaml"), Path.Combine(_folder.Path, Laid)],
            },
            _folder.Environment);
        Assert.True(reading.Project is not null, string.Join("\n", reading.Problems));
        return reading.Project.Services[service];
    }
}
