using Microsoft.Extensions.Time.Testing;
using Seatrial.Engine.Images;
using Seatrial.Testing;

namespace Seatrial.Engine.Tests.Images;

public sealed class FileHashesTests : IDisposable
{
    private static readonly DateTime _written = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    private readonly ImageSystem _system = new();

    /// <summary>Long after the real time at which the kernel says that the files changed.</summary>
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2200, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public void A_hash_is_that_of_the_content()
    {
        var file = Write("abc");

        Assert.Equal(
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", new FileHashes(_clock).Of(file));
    }

    [Fact]
    public void What_a_run_remembers_the_next_run_need_not_read()
    {
        var file = Write("abc");
        var first = new FileHashes(_clock);
        var hash = first.Of(file);
        first.Save(_system.PathOf("hashes"));
        var memory = File.ReadAllText(_system.PathOf("hashes"));
        Assert.StartsWith(hash, memory, StringComparison.Ordinal);

        // A false memory proves that it is used.
        var other = new string('f', 64);
        File.WriteAllText(_system.PathOf("hashes"), memory.Replace(hash, other, StringComparison.Ordinal));
        Assert.Equal(other, FileHashes.Load(_system.PathOf("hashes"), _clock).Of(file));
    }

    [Fact]
    public void A_change_of_content_is_seen_even_when_size_and_time_of_writing_are_the_same()
    {
        var file = Write("abc");
        var hashes = new FileHashes(_clock);
        var hash = hashes.Of(file);

        Write("xyz");
        Assert.NotEqual(hash, hashes.Of(file));

        Write("abc");
        Assert.Equal(hash, hashes.Of(file));
        var other = _system.Write("other", "xyz");
        File.SetLastWriteTimeUtc(other, _written);
        File.Move(other, file, overwrite: true);
        Assert.NotEqual(hash, hashes.Of(file));
    }

    [Fact]
    public void A_file_that_was_only_just_written_is_not_remembered()
    {
        var file = Write("abc");
        var hashes = new FileHashes(new FakeTimeProvider(FileStamp.Of(file).Latest + TimeSpan.FromSeconds(1)));
        hashes.Of(file);

        hashes.Save(_system.PathOf("hashes"));

        Assert.False(File.Exists(_system.PathOf("hashes")));
    }

    [Fact]
    public void A_torn_memory_is_no_loss()
    {
        var file = Write("abc");
        var torn = _system.Write("hashes", "nonsense\nba78\t3\tx\t\t\t\n");

        Assert.Equal(new FileHashes(_clock).Of(file), FileHashes.Load(torn, _clock).Of(file));
    }

    public void Dispose() => _system.Dispose();

    private string Write(string content)
    {
        var file = _system.Write("file", content);
        File.SetLastWriteTimeUtc(file, _written);
        return file;
    }
}
