namespace Seatrial.Worker.Tests.Prefect;

/// <summary>Tests that share one server, one after the other: they take it down and wipe it.</summary>
[CollectionDefinition(Name)]
public sealed class SharedPrefect : ICollectionFixture<PrefectServer>
{
    public const string Name = "Prefect";
}
