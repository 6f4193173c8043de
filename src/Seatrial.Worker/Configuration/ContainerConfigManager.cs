namespace Seatrial.Worker.Configuration;

/// <summary>Turns <c>CONTAINER_</c> variables into a <see cref="ContainerConfig"/>.</summary>
public sealed class ContainerConfigManager(IReadOnlyDictionary<string, string> variables)
{
    /// <summary>The configuration.</summary>
    /// <exception cref="ConfigurationException">With every fault, when there is one.</exception>
    public ContainerConfig LoadContainerConfig()
    {
        var (config, problems) = ContainerConfigReader.Read(variables);
        var errors = problems.Where(problem => problem.IsError).ToList();
        return errors.Count == 0 ? config : throw new ConfigurationException(errors);
    }
}
