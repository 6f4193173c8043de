using System.Formats.Tar;
using System.Runtime.Versioning;
using Seatrial.Engine.Compose;
using Seatrial.Engine.Images;
using Seatrial.Testing;

namespace Seatrial.Engine.Tests.Images;

public sealed class ContextTarTests : IDisposable
{
    private readonly ImageSystem _system = new();

    [Fact]
    public async Task The_same_files_give_the_same_bytes_whatever_their_times()
    {
        var file = _system.Write("deep/file", "content");
        File.CreateSymbolicLink(_system.PathOf("link"), "deep/file");
        var first = await TarAsync();

        File.SetLastWriteTimeUtc(file, new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        Assert.Equal(first, await TarAsync());
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_tar_holds_files_folders_links_modes_and_the_Dockerfile_as_given()
    {
        var script = _system.Write("bin/run", "#!/bin/sh");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.CreateSymbolicLink(_system.PathOf("link"), "bin/run");
        var longName = new string('n', 120) + "/" + new string('m', 120);
        _system.Write(longName, "");

        using var reader = new TarReader(new MemoryStream(await TarAsync()));
        var entries = new Dictionary<string, string>();
        while (await reader.GetNextEntryAsync(copyData: true, TestContext.Current.CancellationToken) is { } entry)
        {
            using var content = new StreamReader(entry.DataStream ?? Stream.Null);
            var text = await content.ReadToEndAsync(TestContext.Current.CancellationToken);
            entries.Add(entry.Name, $"{Convert.ToString((int)entry.Mode, 8)} {entry.LinkName}{text}");
        }

        Assert.Equal("500 #!/bin/sh", entries["bin/run"]);
        Assert.Equal("777 bin/run", entries["link"]);
        Assert.Equal("644 FROM pinned", entries["Dockerfile"]);
        Assert.Contains(longName, entries.Keys);
        Assert.Contains("bin/", entries.Keys);
    }

    /// <summary>An engine looks at one block to tell a tar from a bare Dockerfile.</summary>
    [Fact]
    public async Task The_first_entry_has_one_header_block()
    {
        _system.Write(new string('n', 120) + "/" + new string('m', 120), "");

        using var reader = new TarReader(new MemoryStream((await TarAsync())[..1024]));

        Assert.Equal(
            "./", (await reader.GetNextEntryAsync(copyData: false, TestContext.Current.CancellationToken))?.Name);
    }

    [Fact]
    public void A_Dockerfile_outside_its_context_or_ignored_gets_a_name_of_its_own()
    {
        _system.Write("Dockerfile", "FROM debian");

        Assert.Equal("Dockerfile", PathOfDockerfile("Dockerfile"));
        Assert.Equal(".seatrial.dockerfile", PathOfDockerfile("../Dockerfile"));
        _system.Write(".dockerignore", "Dockerfile");
        Assert.Equal(".seatrial.dockerfile", PathOfDockerfile("Dockerfile"));
    }

    public void Dispose() => _system.Dispose();

    private string PathOfDockerfile(string relative)
    {
        var dockerfile = Path.GetFullPath(_system.PathOf(relative));
        return ContextTar.DockerfilePath(
            new ComposeBuild { Context = _system.Folder, Dockerfile = dockerfile },
            BuildContext.Read(_system.Folder, dockerfile));
    }

    private async Task<byte[]> TarAsync()
    {
        using var stream = new MemoryStream();
        var entries = BuildContext.Read(_system.Folder, _system.PathOf("Dockerfile"));
        await ContextTar.WriteAsync(
            stream, entries, "Dockerfile", "FROM pinned", TestContext.Current.CancellationToken);
        return stream.ToArray();
    }
}
