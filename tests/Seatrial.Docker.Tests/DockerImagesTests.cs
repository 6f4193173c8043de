using System.Formats.Tar;
using System.Text;
using Seatrial.Engine.Compose;
using Seatrial.Engine.Drivers;
using Seatrial.Testing;

namespace Seatrial.Docker.Tests;

[Trait("Needs", "Docker")]
public sealed class DockerImagesTests(ImageFixture fixture) : IClassFixture<ImageFixture>
{
    private readonly IImages _images = fixture.Images;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_image_is_built_inspected_listed_named_again_and_removed()
    {
        var name = fixture.NameOf("built");
        var outcome = await BuildAsync(
            name, $"FROM {TestEngine.Image}\nARG GREETING\nRUN echo $GREETING > /greeting");

        Assert.Null(outcome.Error);
        var image = await _images.InspectAsync(name, Token);
        Assert.Equal(outcome.Id, image?.Id);
        Assert.Equal([$"{name}:latest"], image?.Tags);
        Assert.Equal(name, image?.Labels["seatrial.image"]);
        Assert.Equal([$"{name}:latest"], Assert.Single(await _images.ListAsync("seatrial.image", name, Token)).Tags);

        await _images.TagAsync(name, $"{name}:second", Token);
        Assert.Equal(outcome.Id, (await _images.InspectAsync($"{name}:second", Token))?.Id);

        Assert.True(await _images.RemoveAsync($"{name}:second", Token));
        Assert.True(await _images.RemoveAsync(name, Token));
        Assert.Null(await _images.InspectAsync(name, Token));
        Assert.True(await _images.RemoveAsync(name, Token));
    }

    [Fact]
    public async Task A_step_that_fails_is_an_outcome_with_what_it_wrote()
    {
        var said = new List<string>();

        var outcome = await BuildAsync(
            fixture.NameOf("failing"), $"FROM {TestEngine.Image}\nRUN echo before; echo reason >&2; exit 3",
            new Listener(said.Add));

        Assert.Null(outcome.Id);
        Assert.Contains("exit code: 3", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("reason", outcome.Output);
        Assert.Contains("before", said);
    }

    [Fact]
    public async Task A_Dockerfile_that_can_not_be_read_is_an_outcome_too()
    {
        var outcome = await BuildAsync(fixture.NameOf("faulty"), $"FROM {TestEngine.Image}\nRUNN true");

        Assert.Contains("unknown instruction: RUNN", outcome.Error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_build_reaches_the_package_mirrors_that_the_host_reaches()
    {
        var outcome = await BuildAsync(
            fixture.NameOf("network"),
            $"FROM {TestEngine.Image}\nRUN apt-get update && apt-get install --yes --download-only netbase");

        Assert.True(outcome.Error is null, string.Join('\n', outcome.Output));
    }

    [Fact]
    public async Task A_root_file_system_becomes_an_image_of_one_layer()
    {
        var name = fixture.NameOf("imported");
        using var tar = await TarAsync(("etc/motd", "hello"));

        var id = await fixture.Builder.ImportAsync(name, tar, Token);

        var image = await _images.InspectAsync(name, Token);
        Assert.Equal(id, image?.Id);
        Assert.Single(image?.Layers ?? []);
    }

    [Fact]
    public async Task An_image_that_no_registry_has_is_not_pulled_and_the_reason_is_told() =>
        Assert.NotEmpty(await _images.PullAsync("localhost:1/seatrial/none:1", Token) ?? "");

    [Fact]
    public async Task The_last_name_of_an_image_that_a_container_needs_stays()
    {
        var name = fixture.NameOf("used");
        await BuildAsync(name, $"FROM {TestEngine.Image}\nENTRYPOINT [\"true\"]");
        var container = await fixture.Driver.Containers.CreateAsync(
            new ContainerRequest
            {
                Name = name.Replace('/', '-'),
                Image = name,
                Service = new ComposeService { Name = "used" },
                Labels = new Dictionary<string, string>(),
                Networks = new Dictionary<string, IReadOnlyList<string>>(),
                Mounts = [],
            },
            Token);
        try
        {
            Assert.False(await _images.RemoveAsync(name, Token));
            Assert.NotNull(await _images.InspectAsync(name, Token));
        }
        finally
        {
            await fixture.Driver.Containers.RemoveAsync(container, TimeSpan.Zero, CancellationToken.None);
        }
    }

    private async Task<ImageBuildOutcome> BuildAsync(string name, string dockerfile, IProgress<string>? output = null)
    {
        using var context = await TarAsync(("Dockerfile", dockerfile));
        return await fixture.Builder.BuildAsync(
            new ImageBuildRequest
            {
                Context = context,
                Dockerfile = "Dockerfile",
                Tags = [name],
                Labels = new Dictionary<string, string> { ["seatrial.image"] = name },
            },
            output,
            Token);
    }

    private static async Task<MemoryStream> TarAsync(params (string Path, string Text)[] files)
    {
        var stream = new MemoryStream();
        await using (var tar = new TarWriter(stream, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (var (path, text) in files)
            {
                var entry = new UstarTarEntry(
                    TarEntryType.RegularFile, path)
                { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) };
                await tar.WriteEntryAsync(entry, Token);
            }
        }

        stream.Position = 0;
        return stream;
    }

    private sealed class Listener(Action<string> listen) : IProgress<string>
    {
        public void Report(string value) => listen(value);
    }
}
