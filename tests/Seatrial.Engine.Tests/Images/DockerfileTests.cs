using Seatrial.Engine.Images;

namespace Seatrial.Engine.Tests.Images;

public sealed class DockerfileTests
{
    private static readonly Dictionary<string, string> _noArguments = [];

    [Theory]
    [InlineData("FROM debian:bookworm-slim", "debian:bookworm-slim")]
    [InlineData("from --platform=linux/amd64 debian AS build\nFROM build\nFROM build AS again", "debian")]
    [InlineData("FROM scratch", "")]
    [InlineData("ARG TAG=12\nFROM debian:${TAG}", "debian:12")]
    [InlineData("ARG TAG\nFROM debian:${TAG:-13}", "debian:13")]
    [InlineData("ARG NAME=debian\nARG TAG=${NAME}-slim\nFROM $NAME:$TAG", "debian:debian-slim")]
    [InlineData("FROM debian AS a\nCOPY --from=a /x /x\nCOPY --from=0 /x /x\nCOPY --from=tools:1 /y /y", "debian tools:1")]
    [InlineData("# FROM comment\nFROM \\\n  # in between\n  debian", "debian")]
    [InlineData("FROM debian\nRUN <<EOF\nFROM table\nEOF\nCOPY --from=other /a /a", "debian other")]
    [InlineData("FROM debian\r\nRUN true\r\nFROM alpine\r\n", "debian alpine")]
    [InlineData("FROM \"debian\"", "debian")]
    public void The_images_that_a_Dockerfile_stands_on_are_those_that_are_no_stages(string text, string images) =>
        Assert.Equal(images, string.Join(' ', Dockerfile.Parse(text, _noArguments).Images));

    [Fact]
    public void An_argument_of_the_build_beats_the_files_default()
    {
        var dockerfile = Dockerfile.Parse(
            "ARG BASE=debian\nFROM $BASE", new Dictionary<string, string> { ["BASE"] = "alpine" });

        Assert.Equal(["alpine"], dockerfile.Images);
    }

    [Fact]
    public void The_foundation_is_the_image_below_the_last_stage_that_has_one()
    {
        Assert.Equal(
            "alpine", Dockerfile.Parse("FROM debian AS a\nFROM alpine\nCOPY --from=x /a /a", _noArguments).Foundation);
        Assert.Null(Dockerfile.Parse("FROM scratch", _noArguments).Foundation);
    }

    [Fact]
    public void Pinned_names_replace_only_the_names_of_images()
    {
        const string Text = "# base\nFROM base AS one\nRUN echo base\nFROM base:latest\nCOPY --from=base /a base\n";

        var pinned = Dockerfile.Parse(Text, _noArguments)
            .With(new Dictionary<string, string> { ["base"] = "base:0123", ["base:latest"] = "base:4567" });

        Assert.Equal(
            "# base\nFROM base:0123 AS one\nRUN echo base\nFROM base:4567\nCOPY --from=base:0123 /a base\n", pinned);
    }
}
