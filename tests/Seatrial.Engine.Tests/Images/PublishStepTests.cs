using Microsoft.Extensions.Time.Testing;
using Seatrial.Engine.Images;
using Seatrial.Testing;

namespace Seatrial.Engine.Tests.Images;

public sealed class PublishStepTests : IDisposable
{
    private static readonly Dictionary<string, string> _sources = new() { ["a.cs"] = "1" };
    private static readonly Dictionary<string, string> _output = new() { ["out/a.dll"] = "1" };
    private static readonly PublishRecord _last = new() { Sources = _sources, Output = _output };

    private readonly ImageSystem _system = new();

    [Fact]
    public void A_project_is_published_for_the_first_time_or_when_a_source_or_its_output_changed()
    {
        Assert.Empty(PublishStep.Reasons(_last, _sources, _output));
        Assert.Equal(["it was never published here"], PublishStep.Reasons(last: null, _sources, _output));
        Assert.Equal(
            ["a.cs changed"], PublishStep.Reasons(_last, new Dictionary<string, string> { ["a.cs"] = "2" }, _output));
        Assert.Equal(
            ["in its output out/a.dll is gone"],
            PublishStep.Reasons(_last, _sources, new Dictionary<string, string>()));
    }

    [Fact]
    public async Task Files_of_somebody_else_are_never_wiped()
    {
        _system.Write("app/app.csproj", "<Project />");
        _system.Write("precious/thesis.txt", "years");
        _system.WithPublish("app/app.csproj", "precious", runtime: null);
        var clock = new FakeTimeProvider();
        var step = new PublishStep(
            new ImageStore(_system.PathOf(".seatrial"), clock), new FileHashes(clock), DotnetRuntime.OfThisProcess(),
            _system.Folder, compiler: null);
        var decision = Assert.Single(step.Decide(_system.Spec.Publish));

        var exception = await Assert.ThrowsAsync<SeatrialException>(
            () => step.PublishAsync(decision, _ => { }, TestContext.Current.CancellationToken));

        Assert.Contains("other files", exception.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(_system.PathOf("precious/thesis.txt")));
    }

    [Fact]
    public void The_SDK_and_for_the_image_that_carries_it_the_runtime_are_sources()
    {
        _system.Write("app/app.csproj", "<Project />");
        _system.WithPublish("app/app.csproj", "out", runtime: "dotnet")
            .WithPublish("app/app.csproj", "other", runtime: null);
        var clock = new FakeTimeProvider();
        var step = new PublishStep(
            new ImageStore(_system.PathOf(".seatrial"), clock), new FileHashes(clock), DotnetRuntime.OfThisProcess(),
            _system.Folder, compiler: null);

        var decisions = step.Decide(_system.Spec.Publish);

        Assert.All(decisions, decision => Assert.Contains("the .NET SDK", decision.Sources.Keys));
        Assert.Contains("the .NET runtime", decisions[0].Sources.Keys);
        Assert.DoesNotContain("the .NET runtime", decisions[1].Sources.Keys);
    }

    public void Dispose() => _system.Dispose();
}
