namespace Seatrial.Worker.Configuration;

/// <summary>Says what is wrong with a container's configuration before anything starts.</summary>
public sealed class ConfigurationValidator(IReadOnlyDictionary<string, string> variables)
{
    /// <summary>
    /// Every fault and every unknown <c>CONTAINER_</c> name, in one go; files named by <c>_FILE</c> are read.
    /// </summary>
    public ValidationResult ValidateEnvironmentVariables() => new(ContainerConfigReader.Read(variables).Problems);
}
