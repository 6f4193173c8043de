using Seatrial.Engine.Images;
using Seatrial.Engine.Specs;
using Seatrial.Testing;

namespace Seatrial.Engine.Tests.Images;

public sealed class CopyStepTests : IDisposable
{
    private readonly ImageSystem _system = new();
    private readonly List<string> _said = [];

    public CopyStepTests() => _system.With("web", null, "FROM scratch");

    [Fact]
    public void Files_are_copied_once_and_follow_their_source()
    {
        _system.Write("wheels/a.whl", "a");
        _system.Write("wheels/b.whl", "b");
        Ensure("wheels", "web/wheels");
        Ensure("wheels", "web/wheels");
        Assert.Equal(["wheels: copying a.whl", "wheels: copying b.whl"], _said.Order());

        _system.Write("wheels/a.whl", "changed");
        File.Delete(_system.PathOf("wheels/b.whl"));
        Ensure("wheels", "web/wheels");

        Assert.Equal("changed", File.ReadAllText(_system.PathOf("web/wheels/a.whl")));
        Assert.False(File.Exists(_system.PathOf("web/wheels/b.whl")));
    }

    [Fact]
    public void Without_a_source_earlier_copies_go_and_nothing_is_made()
    {
        Ensure(null, "web/never");
        Assert.False(Directory.Exists(_system.PathOf("web/never")));

        _system.Write("wheels/a.whl", "a");
        Ensure("wheels", "web/wheels");
        Ensure("gone", "web/wheels");
        Assert.False(File.Exists(_system.PathOf("web/wheels/a.whl")));
    }

    [Fact]
    public void A_context_that_no_service_builds_from_gets_nothing()
    {
        _system.Write("wheels/a.whl", "a");
        Ensure("wheels", "website/wheels");

        Assert.False(Directory.Exists(_system.PathOf("website")));
    }

    [Fact]
    public void Files_of_somebody_else_are_never_wiped()
    {
        _system.Write("wheels/a.whl", "a");
        _system.Write("web/precious/thesis.txt", "years");

        var exception = Assert.Throws<SeatrialException>(() => Ensure("wheels", "web/precious"));

        Assert.Contains("would be lost", exception.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(_system.PathOf("web/precious/thesis.txt")));
    }

    public void Dispose() => _system.Dispose();

    private void Ensure(string? from, string to) => CopyStep.Ensure(
        _system.Project,
        [new CopySpec(from is null ? null : _system.PathOf(from), _system.PathOf(to))],
        (subject, line) => _said.Add($"{subject}: {line}"));
}
