namespace Seatrial.Engine.Environments;

/// <summary>A container of a running environment.</summary>
/// <param name="Service">The service.</param>
/// <param name="Number">Which of the service's containers, from 1.</param>
/// <param name="Name">On the engine.</param>
/// <param name="Id">On the engine; its first 12 digits are the host name inside, unless the file gives one.</param>
/// <param name="Addresses">By network name.</param>
public sealed record RunningContainer(
    string Service, int Number, string Name, string Id, IReadOnlyDictionary<string, string> Addresses)
{
    /// <summary>1, or one more than that of the container which it replaced.</summary>
    public int Generation { get; init; } = 1;

    /// <summary>Its place in the plan: <c>rpa1-2</c>.</summary>
    public string Place => $"{Service}-{Number}";

    /// <summary>Its name without the project: <c>rpa1-2</c>, and <c>rpa1-2b</c> for the one that replaced it.</summary>
    public string ShortName => Generation == 1 ? Place : Place + (char)('a' + Generation - 1);
}

/// <summary>A container's output.</summary>
public sealed record ContainerOutput(RunningContainer Container, IReadOnlyList<string> Lines);

/// <summary>A dead container and the one that took its place.</summary>
public sealed record Replacement(ContainerOutput Dead, RunningContainer New);
