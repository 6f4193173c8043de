namespace Seatrial.Engine.Faults;

/// <summary>What a fault breaks: where it stands in the catalogue, and its lane in a plot.</summary>
public enum FaultLane
{
    Process,
    Network,
    Proxy,
    Names,
    Clock,
    Resource,
    Disk,
    Database,
    Service,
}
