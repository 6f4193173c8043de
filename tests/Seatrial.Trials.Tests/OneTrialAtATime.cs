namespace Seatrial.Trials.Tests;

/// <summary>Two cores carry one system under load; what is to run side by side does so inside its own test.</summary>
[CollectionDefinition(Name)]
[TestClassOrderer<QuietLast>]
public sealed class OneTrialAtATime : ICollectionFixture<BrokenWorkers>
{
    public const string Name = "one trial at a time";
}
