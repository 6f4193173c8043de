using Seatrial.Reports.Html;

namespace Seatrial.Reports.Tests.Html;

public sealed class OwnershipTests
{
    [Fact]
    public void A_superseded_owner_is_followed_to_its_last_act() => Assert.Equal(
        [new Ownership(1, 2, 7), new Ownership(3, 5, 5)],
        Ownership.Of(SampleHistories.Zombies[0]));

    [Fact]
    public void A_claim_that_nothing_followed_ends_where_it_began() => Assert.Equal(
        [new Ownership(1, 1, 1)],
        Ownership.Of(SampleHistories.Zombies[0][..2]));
}
