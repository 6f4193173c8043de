using Seatrial.Engine;

namespace Seatrial.Trials.Tests;

/// <summary>An engine whose disk is really full.</summary>
[Collection(OneTrialAtATime.Name)]
[Trait("Needs", "Docker")]
public sealed class FullDiskTests : IDisposable
{
    private const int Megabytes = 64;

    private readonly TrialFolder _folder = new();

    [Fact]
    public async Task A_full_disk_is_told_as_one_and_nothing_is_left()
    {
        Assert.SkipUnless(SmallEngine.IsPossible, "An engine of its own needs root and dockerd.");
        await using var engine = await SmallEngine.StartAsync(Megabytes);
        _folder.Variables["DOCKER_HOST"] = engine.Host;
        _folder.Write("system/compose.yaml", """
            name: full
            services:
              app:
                build: app
                network_mode: none
            """);
        _folder.Write("system/app/Dockerfile", "FROM scratch\nCOPY big /big\nCMD [\"/big\"]\n");
        var big = _folder.Write("system/app/big", "");
        using (var file = File.OpenWrite(big))
        {
            file.SetLength(2L * Megabytes << 20);
        }

        var exit = await _folder.SeatrialAsync("up", "system", "--detach");

        Assert.Equal((int)ExitCode.Unavailable, exit);
        Assert.Contains("error: The disk of the engine is full.", _folder.Output, StringComparison.Ordinal);
        Assert.Contains("fix: Make room: docker builder prune", _folder.Output, StringComparison.Ordinal);
        var before = _folder.Output.Length;
        await _folder.SeatrialAsync("prune", "--dry-run");
        Assert.Contains("Nothing to remove.", _folder.Output[before..], StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
