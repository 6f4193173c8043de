namespace Seatrial.Engine.Measurements.Resources;

/// <summary>A container's control groups, of either version.</summary>
internal interface IGroupMeter
{
    /// <summary>What they have counted; null once they are gone.</summary>
    ResourceSample? Read(DateTimeOffset at);

    /// <summary>The processes in them.</summary>
    IReadOnlyList<int> Processes();
}
