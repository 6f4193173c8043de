using Seatrial.Engine;
using Seatrial.Engine.Images;
using Seatrial.Testing;

namespace Seatrial.Docker.Tests;

[Trait("Needs", "Docker")]
public sealed class ImageBuilderTests(ImageFixture fixture) : IClassFixture<ImageFixture>, IDisposable
{
    private readonly ImageSystem _system = new();
    private readonly ImageBuilder _builder = new(fixture.Driver, TimeProvider.System);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_base_comes_before_its_flows_and_a_second_time_nothing_is_done()
    {
        var names = Flows();

        var first = await EnsureAsync();
        var second = await EnsureAsync();

        Assert.Equal(
            [
                (ImageAction.Keep, TestEngine.Image),
                (ImageAction.Build, names.Base),
                (ImageAction.Build, names.One),
                (ImageAction.Build, names.Two),
            ],
            Did(first));
        Assert.All(second.Steps, step => Assert.Equal(ImageAction.Keep, step.Action));
        Assert.Equal(first.Services, second.Services);
        var one = await fixture.Images.InspectAsync(first.Services["one"].Reference, Token);
        Assert.Equal(first.Services["one"].Id, one?.Id);
        Assert.Contains($"{names.One}:latest", one?.Tags ?? []);
    }

    [Fact]
    public async Task A_change_of_a_flow_builds_that_flow_only_and_names_the_file()
    {
        var names = Flows();
        await EnsureAsync();
        _system.Write("two/code", "changed");

        var explained = await _builder.ExplainAsync(_system.Project, _system.Spec, Token);
        var done = await EnsureAsync();

        Assert.Equal(["code changed"], Assert.Single(explained, step => step.Action is ImageAction.Build).Reasons);
        var built = Assert.Single(done.Steps, step => step.Action is ImageAction.Build);
        Assert.StartsWith(names.Two, built.Subject, StringComparison.Ordinal);
        Assert.Equal(["code changed"], built.Reasons);
    }

    [Fact]
    public async Task A_change_of_the_base_builds_the_base_and_all_flows()
    {
        var names = Flows();
        var before = await EnsureAsync();
        _system.Write("base/runtime", "newer");

        var done = await EnsureAsync();

        Assert.Equal(
            [
                (ImageAction.Keep, TestEngine.Image),
                (ImageAction.Build, names.Base),
                (ImageAction.Build, names.One),
                (ImageAction.Build, names.Two),
            ],
            Did(done));
        Assert.Equal(["runtime is new"], done.Steps[1].Reasons);
        Assert.Equal([$"{names.Base} below it changed"], done.Steps[2].Reasons);
        Assert.NotEqual(before.Services["one"].Id, done.Services["one"].Id);
    }

    [Fact]
    public async Task Going_back_to_an_earlier_content_builds_nothing_and_moves_the_name()
    {
        var names = Flows();
        var first = await EnsureAsync();
        _system.Write("two/code", "changed");
        await EnsureAsync();
        _system.Write("two/code", "two");

        var back = await EnsureAsync();

        Assert.All(back.Steps, step => Assert.Equal(ImageAction.Keep, step.Action));
        Assert.Equal(first.Services["two"], back.Services["two"]);
        Assert.Equal(first.Services["two"].Id, (await fixture.Images.InspectAsync(names.Two, Token))?.Id);
    }

    [Fact]
    public async Task A_flow_stands_on_the_very_base_that_was_decided_on_and_adds_only_its_own()
    {
        var names = Flows();
        var done = await EnsureAsync();

        var below = await fixture.Images.InspectAsync(names.Base, Token);
        var flow = await fixture.Images.InspectAsync(done.Services["one"].Reference, Token);

        Assert.Equal(below?.Layers, flow?.Layers.Take(below?.Layers.Count ?? 0));
        Assert.Equal(below?.Layers.Count + 1, flow?.Layers.Count);
        Assert.InRange((flow?.Size - below?.Size) ?? 0, 1, 1000);
    }

    [Fact]
    public async Task An_image_says_what_it_is_and_what_it_stands_on()
    {
        var names = Flows();
        var done = await EnsureAsync();

        var labels = (await fixture.Images.InspectAsync(done.Services["one"].Reference, Token))?.Labels
            ?? new Dictionary<string, string>();

        Assert.Equal(names.One, labels["org.opencontainers.image.title"]);
        Assert.Equal(names.Base, labels["org.opencontainers.image.base.name"]);
        Assert.Equal(
            (await fixture.Images.InspectAsync(names.Base, Token))?.Id, labels["org.opencontainers.image.base.digest"]);
        Assert.Equal(done.Services["one"].Reference, $"{names.One}:{labels["seatrial.image.key"]}");
        Assert.True(DateTimeOffset.TryParse(labels["org.opencontainers.image.created"], out _));
    }

    [Fact]
    public async Task Images_that_do_not_build_are_all_told_with_file_reason_and_output_and_the_rest_is_built()
    {
        var names = Flows();
        var failing = fixture.NameOf("failing");
        _system.With("failing", failing, $"FROM {TestEngine.Image}\nRUN echo the reason; exit 4")
            .With("faulty", fixture.NameOf("faulty"), $"FROM {TestEngine.Image}\n\nRUNN true")
            .With("above", fixture.NameOf("above"), $"FROM {failing}");

        var exception = await Assert.ThrowsAsync<SeatrialException>(EnsureAsync);

        Assert.Equal(ExitCode.Usage, exception.ExitCode);
        Assert.Equal(2, exception.Problems.Count);
        Assert.Contains(
            $"{failing}:latest (for failing) does not build", exception.Problems[0].What, StringComparison.Ordinal);
        Assert.Contains("exit code: 4", exception.Problems[0].Why, StringComparison.Ordinal);
        Assert.Equal("the reason", exception.Problems[0].Output[^1]);
        Assert.StartsWith(_system.PathOf("failing/Dockerfile"), exception.Problems[0].Where, StringComparison.Ordinal);
        Assert.StartsWith(
            _system.PathOf("faulty/Dockerfile") + ":3,", exception.Problems[1].Where, StringComparison.Ordinal);
        Assert.NotNull(await fixture.Images.InspectAsync(names.One, Token));
    }

    [Fact]
    public async Task Of_many_versions_the_current_and_two_more_stay()
    {
        var name = fixture.NameOf("versions");
        _system.With("versions", name, "FROM scratch\nCOPY code /");
        var references = new List<string>();
        foreach (var version in Enumerable.Range(1, 5))
        {
            _system.Write("versions/code", $"version {version}");
            references.Add((await EnsureAsync()).Services["versions"].Reference);
        }

        var left = (await fixture.Images.ListAsync("seatrial.image", name, Token)).SelectMany(image => image.Tags);

        Assert.Equal([.. references.TakeLast(3).Append($"{name}:latest").Order()], left.Order());
    }

    [Fact]
    public async Task A_foreign_image_that_is_not_to_be_had_is_unavailable_with_the_registrys_reason()
    {
        _system.WithForeign("cache", "localhost:1/none:7");

        var exception = await Assert.ThrowsAsync<SeatrialException>(EnsureAsync);

        Assert.Equal(ExitCode.Unavailable, exception.ExitCode);
        Assert.NotEmpty(Assert.Single(exception.Problems).Why ?? "");
    }

    [Fact]
    public async Task Explaining_does_nothing()
    {
        var names = Flows();

        var steps = await _builder.ExplainAsync(_system.Project, _system.Spec, Token);

        Assert.Equal(3, steps.Count(step => step.Action is ImageAction.Build));
        Assert.Equal([$"{names.Base} below it is made anew"], steps[^1].Reasons);
        Assert.Null(await fixture.Images.InspectAsync(names.Base, Token));
        Assert.False(Directory.Exists(_system.PathOf(".seatrial")));
    }

    public void Dispose() => _system.Dispose();

    /// <summary>A base and two flows on it, under names of this test's own.</summary>
    private (string Base, string One, string Two) Flows(
        [System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        var prefix = test.ToLowerInvariant();
        var below = fixture.NameOf($"{prefix}/base");
        var names = (Base: below, One: fixture.NameOf($"{prefix}/one"), Two: fixture.NameOf($"{prefix}/two"));
        _system.WithBase(below, "base", $"FROM {TestEngine.Image}\nCOPY . /base/")
            .With("one", names.One, $"FROM {below}\nCOPY . /app/")
            .With("two", names.Two, $"FROM {below}\nCOPY . /app/");
        _system.Write("one/code", "one");
        _system.Write("two/code", "two");
        return names;
    }

    private Task<ImageOutcome> EnsureAsync() =>
        _builder.EnsureAsync(_system.Project, _system.Spec, progress: null, Token);

    private static IEnumerable<(ImageAction, string)> Did(ImageOutcome outcome) => outcome.Steps.Select(step =>
        (step.Action, step.Subject.StartsWith("debian", StringComparison.Ordinal)
            ? step.Subject
            : ImageReference.Parse(step.Subject).Name));
}
