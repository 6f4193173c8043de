namespace Seatrial.Architecture.Tests;

/// <summary>The project map of the architecture as data, with the projects that come later.</summary>
internal static class ProjectMap
{
    private const string Worker = "Seatrial.Worker";
    private const string Wire = "Seatrial.Wire";
    private const string Engine = "Seatrial.Engine";
    private const string Docker = "Seatrial.Docker";
    private const string Swarm = "Seatrial.Swarm";
    private const string Kubernetes = "Seatrial.Kubernetes";
    private const string Suites = "Seatrial.Suites";
    private const string Security = "Seatrial.Security";
    private const string Operations = "Seatrial.Operations";
    private const string Reports = "Seatrial.Reports";
    private const string Dashboard = "Seatrial.Dashboard";
    private const string Cli = "Seatrial.Cli";

    /// <summary>Which projects a project of <c>src</c> may reference.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Allowed = new Dictionary<string, string[]>
    {
        [Wire] = [],
        [Worker] = [Wire],
        [Engine] = [Wire],
        [Docker] = [Engine],
        [Swarm] = [Docker, Engine],
        [Kubernetes] = [Engine],
        [Suites] = [Engine],
        [Security] = [Engine],
        [Operations] = [Engine],
        [Reports] = [Engine],
        [Dashboard] = [Reports, Engine],
        [Cli] = [Dashboard, Operations, Docker, Swarm, Kubernetes, Suites, Security, Reports, Engine],
    };

    /// <summary>Which projects a flow may reference; Wire only to say that it is not copied beside the flow.</summary>
    public static readonly string[] AllowedForFlows = [Worker, Wire];
}
