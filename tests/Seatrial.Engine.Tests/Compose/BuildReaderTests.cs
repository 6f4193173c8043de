using Seatrial.Engine.Compose;

namespace Seatrial.Engine.Tests.Compose;

public sealed class BuildReaderTests : IDisposable
{
    private readonly SystemFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("build: here", "here", "here/Dockerfile")]
    [InlineData("build: .", "", "Dockerfile")]
    [InlineData("build: ./a/../b/", "b", "b/Dockerfile")]
    [InlineData("build: {context: here}", "here", "here/Dockerfile")]
    [InlineData("build: {}", "", "Dockerfile")]
    [InlineData("build: {dockerfile: deploy/File}", "", "deploy/File")]
    [InlineData("build: {context: a/b, dockerfile: ../File}", "a/b", "a/File")]
    public void Paths_start_from_the_file_and_a_dockerfile_from_its_context(
        string line, string context, string dockerfile)
    {
        var build = Read(line);

        Assert.Equal(Path.TrimEndingDirectorySeparator(Path.Combine(_folder.Path, context)), build.Context);
        Assert.Equal(Path.Combine(_folder.Path, dockerfile), build.Dockerfile);
    }

    [Fact]
    public void Absolute_paths_stay()
    {
        var build = Read("build: {context: /some/where, dockerfile: /else/File}");

        Assert.Equal(("/some/where", "/else/File"), (build.Context, build.Dockerfile));
    }

    [Fact]
    public void Arguments_labels_and_target_are_read_and_an_argument_alone_comes_from_outside()
    {
        _folder.Environment["B"] = "outside";

        var build = Read("build: {args: {A: 1, B: null, C: null}, labels: [x=y], target: last}");

        Assert.Equal(["A=1", "B=outside"], build.Args.Select(pair => $"{pair.Key}={pair.Value}"));
        Assert.Equal("y", build.Labels["x"]);
        Assert.Equal("last", build.Target);
    }

    [Theory]
    [InlineData("build: 'https://example.com/x.git'", "services.app.build is https://example.com/x.git")]
    [InlineData("build: [a]", "services.app.build is a list, where a folder or a mapping belongs")]
    [InlineData("build: {context: 5}", "services.app.build.context is the number 5")]
    [InlineData("build: \"a\\0b\"", "services.app.build holds a character that no path can hold")]
    public void What_can_not_be_built_is_told(string line, string what)
    {
        _folder.With("compose.yaml", $"services: {{app: {{image: app, {line}}}}}");

        ComposeText.Only(_folder.Read(), what);
    }

    private ComposeBuild Read(string line)
    {
        _folder.With("compose.yaml", $"services: {{app: {{{line}}}}}");
        var build = _folder.Project().Services["app"].Build;
        Assert.NotNull(build);
        return build;
    }
}
