namespace Seatrial.Engine.Tests.Compose;

public sealed class ExtendsTests : IDisposable
{
    private readonly SystemFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_service_is_another_one_with_its_own_keys_laid_over()
    {
        _folder.With(
            "compose.yaml",
            """
            services:
              a: {image: x, environment: {A: 1, B: 1}, cap_add: [X]}
              b: {extends: {service: a}, environment: [B=2], cap_add: [Y]}
              c: {extends: b, user: u}
            """);

        var c = _folder.Project().Services["c"];

        Assert.Equal(("x", "u"), (c.Image, c.User));
        Assert.Equal("A=1 B=2", string.Join(' ', c.Environment.Select(pair => $"{pair.Key}={pair.Value}")));
        Assert.Equal(["X", "Y"], c.CapAdd);
    }

    [Fact]
    public void Paths_of_another_file_start_from_that_file()
    {
        _folder.With("compose.yaml", "services: {a: {extends: {file: sub/base.yml, service: b}, volumes: ['./own:/own']}}\n")
            .With("sub/base.yml", "services: {b: {build: ctx, env_file: b.env, volumes: ['./data:/data']}}\n")
            .With("sub/b.env", "A=1\n");

        var a = _folder.Project().Services["a"];

        Assert.Equal(Path.Combine(_folder.Path, "sub/ctx"), a.Build?.Context);
        Assert.Equal(
            [Path.Combine(_folder.Path, "sub/data"), Path.Combine(_folder.Path, "own")],
            a.Mounts.Select(mount => mount.Source));
        Assert.Equal("1", a.Environment["A"]);
    }

    [Fact]
    public void A_fault_in_the_extended_file_is_told_there()
    {
        _folder.With("compose.yaml", "services: {a: {extends: {file: base.yml, service: b}}}\n")
            .With("base.yml", "services:\n  b:\n    image: x\n    restart: often\n");

        Assert.EndsWith("base.yml:4:14", Assert.Single(_folder.Read().Problems).Where, StringComparison.Ordinal);
    }

    [Fact]
    public void An_override_may_extend_what_the_file_below_declares()
    {
        _folder.With("compose.yaml", "services: {a: {image: x, user: u}}\n")
            .With("compose.override.yaml", "services: {b: {extends: a}}\n");

        Assert.Equal("u", _folder.Project().Services["b"].User);
    }

    [Theory]
    [InlineData("{a: {extends: a}}", "ring: a in", "compose.yaml:1:25")]
    [InlineData("{a: {image: x, extends: b}, b: {extends: a}}", "goes round in a ring", "compose.yaml:1:35")]
    [InlineData("{abc: {image: x}, b: {extends: abd}}", "names the service abd, which is not declared", "compose.yaml:1:42")]
    [InlineData("{b: {extends: {service: abd, file: no.yml}}}", "no.yml, which is not there", "compose.yaml:1:46")]
    [InlineData("{b: {extends: {service: x, file: other.yml}}}", "other.yml does not declare", "compose.yaml:1:35")]
    [InlineData("{b: {extends: {file: other.yml}}}", "names no service", "compose.yaml:1:16")]
    [InlineData("{b: {image: x, extends: {servise: b, service: c}}, c: {image: y}}", "extends.servise is not a key of Compose", "compose.yaml:1:36")]
    [InlineData("{b: {extends: 5}}", "is the number 5, where text belongs", "compose.yaml:1:25")]
    public void What_can_not_be_extended_is_told_once(string services, string what, string where)
    {
        _folder.With("compose.yaml", $"services: {services}\n").With("other.yml", "services: {y: {image: x}}\n");

        var problem = ComposeText.Only(_folder.Read(), what);

        Assert.EndsWith(where, problem.Where, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chain_without_end_is_told()
    {
        var services = Enumerable.Range(0, 1000).Select(i => $"  s{i}: {{extends: s{i + 1}}}");

        var reading = ComposeText.Read($"services:\n{string.Join('\n', services)}\n  s1000: {{image: x}}\n");

        Assert.Contains(reading.Problems, problem => problem.What.Contains("more than 50", StringComparison.Ordinal));
    }

    [Fact]
    public void What_grows_beyond_bounds_by_extending_is_told()
    {
        var big = string.Join(", ", Enumerable.Range(0, 2000).Select(i => $"L{i}: x"));
        var services = Enumerable.Range(0, 1000).Select(i => $"  s{i}: {{extends: big}}");

        ComposeText.Only(
            ComposeText.Read($"services:\n  big: {{image: x, labels: {{{big}}}}}\n{string.Join('\n', services)}\n"),
            "more than 400,000 values");
    }
}
