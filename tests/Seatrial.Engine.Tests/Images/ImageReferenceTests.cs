using Seatrial.Engine.Images;

namespace Seatrial.Engine.Tests.Images;

public sealed class ImageReferenceTests
{
    [Theory]
    [InlineData("debian", "debian:latest")]
    [InlineData("debian:bookworm-slim", "debian:bookworm-slim")]
    [InlineData("registry:5000/team/app", "registry:5000/team/app:latest")]
    [InlineData("registry:5000/team/app:1.2", "registry:5000/team/app:1.2")]
    [InlineData("debian@sha256:ab", "debian@sha256:ab")]
    [InlineData("debian:12@sha256:ab", "debian@sha256:ab")]
    public void A_reference_in_full_names_its_tag_or_digest(string written, string full) =>
        Assert.Equal(full, ImageReference.Parse(written).ToString());
}
