using System.Runtime.Versioning;
using Seatrial.Engine.Drivers;
using Seatrial.Engine.Images;
using Seatrial.Testing;

namespace Seatrial.Engine.Tests.Images;

/// <summary>
/// With a script in the place of mmdebstrap: the real one takes a minute, and all builds stand on its
/// image.
/// </summary>
[Collection(nameof(ChildProcess))]
[Trait("Needs", "Docker")]
[UnsupportedOSPlatform("windows")]
public sealed class DebianImageTests : IDisposable
{
    private readonly ImageSystem _system = new();
    private readonly string _reference = $"seatrial-test-{Guid.NewGuid():N}:made";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_program_writes_becomes_the_image_and_nothing_else_is_left()
    {
        _system.Write("root/etc/motd", "hello");
        var images = (await TestEngine.DriverAsync()).Images;
        try
        {
            var id = await (await ImageAsync("tar --create --directory root .")).MakeAsync("why not", Token);

            Assert.Equal([_reference], (await images.InspectAsync(id, Token))?.Tags);
        }
        finally
        {
            await images.RemoveAsync(_reference, CancellationToken.None);
        }
    }

    [Fact]
    public async Task A_program_that_fails_half_way_leaves_no_image_and_is_told_with_its_last_words()
    {
        _system.Write("root/etc/motd", "hello");
        var image = await ImageAsync("tar --create --directory root . ; echo 'E: no mirror' >&2; exit 5");

        var exception = await Assert.ThrowsAsync<SeatrialException>(() => image.MakeAsync("no route", Token));

        Assert.Equal(ExitCode.Unavailable, exception.ExitCode);
        var problem = Assert.Single(exception.Problems);
        Assert.Equal("no registry gave it (no route), and mmdebstrap failed with exit code 5.", problem.Why);
        Assert.Equal(["E: no mirror"], problem.Output);
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_cancelled_program_leaves_no_image()
    {
        using var source = new CancellationTokenSource();
        var image = await ImageAsync("echo begun >&2; exec sleep 600", _ => source.Cancel());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => image.MakeAsync("why not", source.Token));

        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task Without_the_program_the_problem_says_what_to_install()
    {
        var image = new DebianImage(await WorkshopAsync(_ => { }), program: null, _reference);

        var exception = await Assert.ThrowsAsync<SeatrialException>(() => image.MakeAsync("no route", Token));

        Assert.Contains("apt-get install mmdebstrap", exception.Problems[0].Fix, StringComparison.Ordinal);
    }

    public void Dispose() => _system.Dispose();

    private async Task NothingIsLeftAsync()
    {
        var images = (await TestEngine.DriverAsync()).Images;
        var unfinished = $"{ImageReference.Parse(_reference).Name}:unfinished-{Environment.ProcessId}";
        Assert.Null(await images.InspectAsync(_reference, Token));
        Assert.Null(await images.InspectAsync(unfinished, Token));
    }

    private async Task<DebianImage> ImageAsync(string script, Action<string>? said = null)
    {
        var program = _system.Write("program", $"#!/bin/sh\ncd {_system.Folder}\n{script}\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return new DebianImage(await WorkshopAsync(said ?? (_ => { })), program, _reference);
    }

    private async Task<ImageWorkshop> WorkshopAsync(Action<string> said)
    {
        var images = (await TestEngine.DriverAsync()).Images;
        return new ImageWorkshop
        {
            Images = images,
            Builder = (ICanBuildImages)images,
            Store = new ImageStore(_system.PathOf("store"), TimeProvider.System),
            Hashes = new FileHashes(TimeProvider.System),
            Clock = TimeProvider.System,
            Progress = new Listener(said),
        };
    }

    private sealed class Listener(Action<string> said) : IProgress<ImageProgress>
    {
        public void Report(ImageProgress value) => said(value.Line);
    }
}
