using CsCheck;
using Seatrial.Worker.Configuration;

namespace Seatrial.Worker.Tests.Configuration;

public sealed class NearestNameTests
{
    private static readonly Gen<string> Word = Gen.String[Gen.Char["ABC"], 0, 8];

    [Theory]
    [InlineData("CONTAINER_WORKER__BATCHSIZE", "CONTAINER_WORKER__BATCH_SIZE")]
    [InlineData("CONTAINER_WORKER_LEASE", "CONTAINER_WORKER__LEASE")]
    [InlineData("CONTAINER_COLOUR", null)]
    public void Finds_a_slip_and_leaves_a_stranger_alone(string name, string? nearest) =>
        Assert.Equal(nearest, NearestName.Of(name, ["CONTAINER_WORKER__BATCH_SIZE", "CONTAINER_WORKER__LEASE"]));

    [Fact]
    public void Edits_are_a_metric() => Gen.Select(Word, Word, Word).Sample((one, two, three) =>
        NearestName.Edits(one, two) == NearestName.Edits(two, one)
        && (NearestName.Edits(one, two) == 0) == (one == two)
        && NearestName.Edits(one, three) <= NearestName.Edits(one, two) + NearestName.Edits(two, three));
}
