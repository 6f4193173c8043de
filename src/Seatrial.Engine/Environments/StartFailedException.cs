namespace Seatrial.Engine.Environments;

/// <summary>A container that will not become ready; what it left behind is read before the environment goes.</summary>
internal sealed class StartFailedException(PlannedContainer container, string what) : Exception(what)
{
    public PlannedContainer Container { get; } = container;
}
