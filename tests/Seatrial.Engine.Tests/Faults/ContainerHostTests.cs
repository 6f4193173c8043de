using Seatrial.Engine.Faults.Hosts;

namespace Seatrial.Engine.Tests.Faults;

public sealed class ContainerHostTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seatrial-host-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("there/file", "real/file")]
    [InlineData("back/file", "real/file")]
    [InlineData("real/../there/./file", "real/file")]
    [InlineData("there/missing/file", "real/missing/file")]
    public void Links_lead_within_the_container(string inside, string outside)
    {
        var host = new ContainerHost("id", Environment.ProcessId, "");
        Directory.CreateDirectory(Path.Combine(_folder, "real"));
        File.CreateSymbolicLink(Path.Combine(_folder, "there"), Path.Combine(_folder, "real"));
        File.CreateSymbolicLink(Path.Combine(_folder, "back"), $"../../../..{_folder}/there");

        Assert.Equal(
            $"/proc/{Environment.ProcessId}/root{_folder}/{outside}", host.PathOf(Path.Combine(_folder, inside)));
    }

    [Fact]
    public void Links_in_a_circle_are_told()
    {
        var host = new ContainerHost("id", Environment.ProcessId, "");
        File.CreateSymbolicLink(Path.Combine(_folder, "one"), Path.Combine(_folder, "other"));
        File.CreateSymbolicLink(Path.Combine(_folder, "other"), "one");

        Assert.Throws<IOException>(() => host.PathOf(Path.Combine(_folder, "one")));
    }

    [Fact]
    public async Task A_file_that_is_given_another_text_is_never_seen_without_one()
    {
        var token = TestContext.Current.CancellationToken;
        var host = new ContainerHost("id", Environment.ProcessId, "");
        var file = Path.Combine(_folder, "clock");
        await host.ReplaceTextAsync(file, "+0\n", token);
        var isOver = false;
        var reading = Task.Run(
            () =>
            {
                var seen = new HashSet<string>();
                while (!Volatile.Read(ref isOver))
                {
                    seen.Add(File.ReadAllText(file));
                }

                return seen;
            },
            token);

        for (var i = 0; i < 2000; i++)
        {
            await host.ReplaceTextAsync(file, "+3600\n", token);
        }

        Volatile.Write(ref isOver, true);
        Assert.Subset(new HashSet<string> { "+0\n", "+3600\n" }, await reading);
        Assert.Equal([file], Directory.GetFiles(_folder));
    }
}
