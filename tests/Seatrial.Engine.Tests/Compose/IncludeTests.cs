namespace Seatrial.Engine.Tests.Compose;

public sealed class IncludeTests : IDisposable
{
    private readonly SystemFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Services_networks_and_volumes_of_an_included_file_are_the_systems()
    {
        _folder.With("compose.yaml", "include: [sub/compose.yaml]\nservices: {a: {image: a, depends_on: [b]}}\n")
            .With(
                "sub/compose.yaml",
                "name: inner\nservices: {b: {build: ctx, networks: [n], volumes: ['v:/v']}}\n"
                + "networks: {n: {}}\nvolumes: {v: {}}\n");

        var project = _folder.Project();

        Assert.Equal(["b", "a"], project.Services.Keys);
        Assert.Equal(Path.Combine(_folder.Path, "sub/ctx"), project.Services["b"].Build?.Context);
        Assert.Equal(["n", "default"], project.Networks.Keys);
        Assert.Equal(["v"], project.Volumes.Keys);
        Assert.NotEqual("inner", project.Name);
    }

    [Fact]
    public void Each_has_its_own_variables_and_ours_win()
    {
        _folder.With("compose.yaml", "include: [sub/b.yaml, {path: sub/c.yaml, env_file: c.env}]\nservices: {a: {image: $A}}\n")
            .With(".env", "A=outer\n").With("sub/.env", "A=inner\nB=inner\n").With("c.env", "B=named\n")
            .With("sub/b.yaml", "services: {b: {image: '$A-$B', environment: [B]}}\n")
            .With("sub/c.yaml", "services: {c: {image: '$A-$B'}}\n");

        var services = _folder.Project().Services;

        Assert.Equal(
            ("outer", "outer-inner", "outer-named"), (services["a"].Image, services["b"].Image, services["c"].Image));
        Assert.Equal("inner", services["b"].Environment["B"]);
    }

    [Fact]
    public void Several_paths_are_laid_over_each_other_and_ours_over_them()
    {
        _folder.With(
                "compose.yaml",
                "include: [{path: [x/b.yaml, x/o.yaml], project_directory: .}]\nservices: {b: {user: mine}}\n")
            .With("x/b.yaml", "services: {b: {build: ctx, user: u, hostname: h}}\n")
            .With("x/o.yaml", "services: {b: {hostname: o}}\n");

        var b = _folder.Project().Services["b"];

        Assert.Equal(("mine", "o"), (b.User, b.Hostname));
        Assert.Equal(Path.Combine(_folder.Path, "ctx"), b.Build?.Context);
    }

    [Theory]
    [InlineData("[no.yaml]", "names the file", "compose.yaml:1:11")]
    [InlineData("no.yaml", "where a list belongs", "compose.yaml:1:10")]
    [InlineData("[{pat: x}]", "include[0].pat is not a key", "compose.yaml:1:12")]
    [InlineData("['https://example.org/compose.yaml']", "only files are included", "compose.yaml:1:11")]
    [InlineData("[ring.yaml]", "goes round in a ring", "ring.yaml:1:11")]
    [InlineData("[{path: ring.yaml, env_file: no.env}]", "no.env, which is not there", "compose.yaml:1:39")]
    public void What_can_not_be_included_is_told(string include, string what, string where)
    {
        _folder.With("compose.yaml", $"include: {include}\nservices: {{a: {{image: a}}}}\n")
            .With("ring.yaml", "include: [ring.yaml]\nservices: {b: {image: b}}\n");

        var reading = _folder.Read();

        Assert.Null(reading.Project);
        Assert.Contains(reading.Problems, problem =>
            problem.What.Contains(what, StringComparison.Ordinal)
            && problem.Where.EndsWith(where, StringComparison.Ordinal));
    }

    [Fact]
    public void Files_that_include_each_other_over_and_over_end()
    {
        _folder.With("compose.yaml", "include: [f0.yaml]\nservices: {a: {image: a}}\n");
        for (var i = 0; i < 30; i++)
        {
            _folder.With($"f{i}.yaml", $"include: [f{i + 1}.yaml, f{i + 1}.yaml]\n");
        }

        _folder.With("f30.yaml", "services: {b: {image: b}}\n");

        Assert.Contains(
            _folder.Read().Problems,
            problem => problem.What.Contains("more than 100 includes", StringComparison.Ordinal));
    }
}
