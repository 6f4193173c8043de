namespace Seatrial.Engine.Faults;

/// <summary>What part of a system a kind of fault is aimed at where nobody says which container.</summary>
public enum FaultAim
{
    /// <summary>Somebody who works on records.</summary>
    Worker,

    /// <summary>The database that they are in.</summary>
    Database,

    /// <summary>A service around them, which records do not pass: it may take long to come back.</summary>
    Surroundings,

    /// <summary>A service that requests pass.</summary>
    Way,
}
