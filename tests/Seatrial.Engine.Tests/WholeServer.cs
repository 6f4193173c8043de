namespace Seatrial.Engine.Tests;

/// <summary>
/// Tests that look at all sessions of the shared server, or hold some of them up: one of them at a time.
/// </summary>
[CollectionDefinition(Name)]
public sealed class WholeServer
{
    public const string Name = "the whole server";
}
