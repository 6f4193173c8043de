using Seatrial.Engine;
using Seatrial.Engine.Images;
using Seatrial.Testing;

namespace Seatrial.Docker.Tests;

/// <summary>On an engine without a registry: the name is of a host where none listens.</summary>
[Trait("Needs", "Docker")]
public sealed class PullPolicyTests(ImageFixture fixture) : IClassFixture<ImageFixture>, IAsyncDisposable
{
    private readonly ImageSystem _system = new();
    private readonly string _image = $"localhost:1/{fixture.NameOf("pulled")}:1";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Never_runs_what_the_engine_has_and_says_what_it_lacks()
    {
        _system.WithForeign("app", _image, "never");

        var thrown = await Assert.ThrowsAsync<SeatrialException>(EnsureAsync);

        Assert.Equal(ExitCode.Unavailable, thrown.ExitCode);
        Assert.Contains("pull_policy: never forbids", thrown.Message, StringComparison.Ordinal);
        await HaveAsync();
        Assert.Equal(ImageAction.Keep, (await EnsureAsync()).Action);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("missing")]
    [InlineData("if_not_present")]
    [InlineData("daily")]
    [InlineData("every_12h")]
    public async Task What_is_there_and_young_enough_is_not_pulled(string? policy)
    {
        _system.WithForeign("app", _image, policy);
        await HaveAsync();

        Assert.Equal(ImageAction.Keep, (await EnsureAsync()).Action);
    }

    [Theory]
    [InlineData("always")]
    [InlineData("every_1us")]
    public async Task What_has_to_be_pulled_and_can_not_be_is_told_with_the_fault_of_the_registry(string policy)
    {
        _system.WithForeign("app", _image, policy);
        await HaveAsync();

        var thrown = await Assert.ThrowsAsync<SeatrialException>(EnsureAsync);

        Assert.Equal(ExitCode.Unavailable, thrown.ExitCode);
        var problem = Assert.Single(thrown.Problems);
        Assert.Contains($"pull_policy: {policy} asks", problem.What, StringComparison.Ordinal);
        Assert.Contains("localhost:1", problem.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_builds_whatever_has_the_name()
    {
        var name = fixture.NameOf("own");
        _system.With("app", name, $"FROM {TestEngine.Image}");
        await fixture.Images.TagAsync(TestEngine.Image, $"{name}:latest", Token);
        var project = _system.Project with
        {
            Services = _system.Project.Services.ToDictionary(
                one => one.Key, one => one.Value with { PullPolicy = "build" }),
        };

        var done = await new ImageBuilder(fixture.Driver, TimeProvider.System).EnsureAsync(
            project, _system.Spec, progress: null, Token);

        Assert.Contains(done.Steps, step => step.Action is ImageAction.Build);
        Assert.NotEqual(
            (await fixture.Images.InspectAsync(TestEngine.Image, Token))?.Id, done.Services["app"].Id);
    }

    public async ValueTask DisposeAsync()
    {
        _system.Dispose();
        await fixture.Images.RemoveAsync(_image, CancellationToken.None);
    }

    private async Task HaveAsync() => await fixture.Images.TagAsync(TestEngine.Image, _image, Token);

    private async Task<ImageStep> EnsureAsync() => Assert.Single((await new ImageBuilder(
        fixture.Driver, TimeProvider.System).EnsureAsync(_system.Project, _system.Spec, progress: null, Token)).Steps);
}
