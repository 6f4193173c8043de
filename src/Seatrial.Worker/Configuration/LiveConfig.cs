namespace Seatrial.Worker.Configuration;

/// <summary>
/// The configuration that holds now; parts that can change while the worker runs are read here each time.
/// </summary>
internal sealed class LiveConfig(ContainerConfig start)
{
    private ContainerConfig _current = start;

    public ContainerConfig Current
    {
        get => Volatile.Read(ref _current);
        set => Volatile.Write(ref _current, value);
    }
}
