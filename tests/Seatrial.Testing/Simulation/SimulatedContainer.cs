using Seatrial.Engine.Drivers;

namespace Seatrial.Testing.Simulation;

/// <summary>A container of the simulation; changed under the driver's lock only.</summary>
internal sealed class SimulatedContainer(
    string id, ContainerRequest request, SimulatedBehaviour behaviour, DateTimeOffset createdAt)
{
    public string Id => id;

    public string Name { get; set; } = request.Name;

    public ContainerRequest Request => request;

    public SimulatedBehaviour Behaviour => behaviour;

    public bool Running { get; set; }

    public bool Paused { get; set; }

    public int ExitCode { get; set; }

    /// <summary>And not by a stop or a kill, after which no engine restarts it.</summary>
    public bool DiedByItself { get; set; }

    public int Restarts { get; set; }

    public ContainerHealth Health { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    /// <summary>Cancelled when the process ends before its time.</summary>
    public CancellationTokenSource Life { get; set; } = new();

    public ContainerSummary Summary => new(id, Name, Running, createdAt, request.Labels);

    public ContainerState State => new()
    {
        Id = id,
        Name = Name,
        Image = request.Image,
        Running = Running,
        Paused = Paused,
        ExitCode = ExitCode,
        OutOfMemory = behaviour.OutOfMemory && !Running,
        ProcessId = Running ? 1 : 0,
        Health = Health,
        HealthLog = behaviour.HealthLog,
        HealthTest = [],
        StartedAt = StartedAt,
        StopGracePeriod = request.Service.StopGracePeriod,
        EndedAt = StartedAt,
        Restarts = Restarts,
        Addresses = request.Networks.Keys.ToDictionary(network => network, _ => "192.0.2.1"),
        PublishedPorts = request.Service.Ports.ToDictionary(port => port.ContainerPort, port => port.HostPort ?? 32768),
        Labels = request.Labels,
    };
}
