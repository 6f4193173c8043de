using Seatrial.Engine.Faults.Hosts;

namespace Seatrial.Engine.Tests.Faults;

public sealed class ContainerHostTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seatrial-host-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

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
