using Seatrial.Engine.Images;
using Seatrial.Testing;

namespace Seatrial.Engine.Tests.Images;

public sealed class BuildContextTests : IDisposable
{
    private readonly ImageSystem _system = new();

    [Fact]
    public void A_context_is_every_path_in_ordinal_order()
    {
        _system.Write("b/two", "2");
        _system.Write("a", "1");
        File.CreateSymbolicLink(_system.PathOf("B"), "a");

        Assert.Equal(["B -> a", "a", "b", "b/two"], Read().Select(Show));
    }

    [Fact]
    public void What_is_ignored_stays_out_and_exceptions_below_it_come_back()
    {
        _system.Write(".dockerignore", "*\n!in/deep/file");
        _system.Write("in/deep/file", "");
        _system.Write("in/other", "");
        _system.Write("out", "");

        Assert.Equal(["in/deep/file"], Read().Select(Show));
    }

    [Fact]
    public void An_ignore_file_of_the_Dockerfile_replaces_the_folders()
    {
        _system.Write(".dockerignore", "*");
        _system.Write("Dockerfile.dockerignore", "Dockerfile*\n.dockerignore");
        _system.Write("kept", "");

        Assert.Equal(["kept"], Read().Select(Show));
    }

    [Fact]
    public void Seatrials_own_records_belong_to_no_context()
    {
        _system.Write(".seatrial/images/hashes", "");
        _system.Write("deep/.seatrial/x", "");

        Assert.Equal(["deep"], Read().Select(Show));
    }

    public void Dispose() => _system.Dispose();

    private IReadOnlyList<ContextEntry> Read() => BuildContext.Read(_system.Folder, _system.PathOf("Dockerfile"));

    private static string Show(ContextEntry entry) =>
        entry.Target is null ? entry.Path : $"{entry.Path} -> {entry.Target}";
}
