using Seatrial.Engine.Images;
using Seatrial.Testing;

namespace Seatrial.Engine.Tests.Images;

public sealed class GitRevisionTests : IDisposable
{
    private readonly ImageSystem _system = new();

    [Fact]
    public void A_branch_a_packed_branch_and_a_bare_commit_are_read()
    {
        _system.Write(".git/HEAD", "ref: refs/heads/main\n");
        _system.Write(".git/packed-refs", "# pack-refs\naaaa refs/heads/other\nbbbb refs/heads/main\n");
        Assert.Equal("bbbb", Of("deep"));

        _system.Write(".git/refs/heads/main", "cccc\n");
        Assert.Equal("cccc", Of("deep"));

        _system.Write(".git/HEAD", "dddd\n");
        Assert.Equal("dddd", Of("deep"));
    }

    [Fact]
    public void A_worktree_shares_the_branches_of_its_repository()
    {
        _system.Write("repo/.git/refs/heads/side", "eeee\n");
        _system.Write("repo/.git/worktrees/tree/HEAD", "ref: refs/heads/side\n");
        _system.Write("repo/.git/worktrees/tree/commondir", "../..\n");
        _system.Write("tree/.git", $"gitdir: {_system.PathOf("repo/.git/worktrees/tree")}\n");

        Assert.Equal("eeee", Of("tree"));
    }

    [Fact]
    public void Outside_a_checkout_there_is_none() => Assert.Null(Of("."));

    public void Dispose() => _system.Dispose();

    private string? Of(string folder) => GitRevision.Of(_system.PathOf(folder));
}
