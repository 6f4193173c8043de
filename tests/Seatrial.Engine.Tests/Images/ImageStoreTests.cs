using Microsoft.Extensions.Time.Testing;
using Seatrial.Engine.Images;
using Seatrial.Testing;

namespace Seatrial.Engine.Tests.Images;

public sealed class ImageStoreTests : IDisposable
{
    private readonly ImageSystem _system = new();
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void A_manifest_comes_back_with_the_same_key()
    {
        var image = ImageReference.Parse("team/web");
        var manifest = new ImageManifest
        {
            Dockerfile = "d",
            Target = "t",
            Files = new Dictionary<string, string> { ["ä"] = "0644 x" },
            Bases = new Dictionary<string, string> { ["debian"] = "id" },
        };

        Store().Save(image, manifest);

        Assert.Equal(manifest.Key, Store().Manifest(image)?.Key);
        Assert.Null(Store().Manifest(ImageReference.Parse("team/other")));
    }

    [Fact]
    public void A_torn_record_is_as_good_as_none()
    {
        var image = ImageReference.Parse("web");
        Store().Save(image, new ImageManifest { Dockerfile = "d" });
        var file = Assert.Single(Directory.GetFiles(_system.PathOf("store/built")));

        File.WriteAllText(file, "{ \"Dockerfile\":");

        Assert.Null(Store().Manifest(image));
    }

    [Fact]
    public async Task A_second_command_says_that_it_waits_and_gets_its_turn()
    {
        var token = TestContext.Current.CancellationToken;
        var first = await Store().LockAsync(() => Assert.Fail("Nobody is there yet."), token);
        var waits = 0;
        var second = Store().LockAsync(() => waits++, token);
        Assert.False(second.IsCompleted);

        first.Dispose();
        _clock.Advance(TimeSpan.FromSeconds(1));

        (await second).Dispose();
        Assert.Equal(1, waits);
    }

    public void Dispose() => _system.Dispose();

    private ImageStore Store() => new(_system.PathOf("store"), _clock);
}
