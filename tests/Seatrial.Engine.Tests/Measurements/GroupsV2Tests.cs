using Seatrial.Engine.Faults.Hosts;
using Seatrial.Engine.Measurements.Resources;

namespace Seatrial.Engine.Tests.Measurements;

/// <summary>Files as a kernel with version 2 writes them: not every machine that tests has one.</summary>
public sealed class GroupsV2Tests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("group").FullName;

    [Fact]
    public void Everything_is_read_from_the_one_group()
    {
        Write("cpu.stat", """
            usage_usec 2500000
            user_usec 2000000
            nr_periods 40
            nr_throttled 30
            throttled_usec 1500000

            """);
        Write("cpu.max", "20000 100000\n");
        Write("memory.current", "104857600\n");
        Write("memory.max", "268435456\n");
        Write("memory.stat", "anon 52428800\nfile 40000000\nanon_thp 0\ninactive_file 4857600\n");
        Write("io.stat", "8:0 rbytes=4096 wbytes=8192 rios=1 wios=2\n8:16 rbytes=4 wbytes=8 rios=1 wios=1\n");

        var at = new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);
        Assert.Equal(
            new ResourceSample
            {
                At = at,
                Cpu = 2.5,
                Periods = 40,
                Throttled = 30,
                ThrottledFor = 1.5,
                CpuLimit = 0.2,
                Memory = 100_000_000,
                Anonymous = 52_428_800,
                MemoryLimit = 268_435_456,
                Read = 4100,
                Written = 8200,
            },
            Meter().Read(at));
    }

    [Fact]
    public void What_has_no_limit_has_none()
    {
        Write("cpu.stat", "usage_usec 1\n");
        Write("cpu.max", "max 100000\n");
        Write("memory.max", "max\n");
        var sample = Meter().Read(DateTimeOffset.UnixEpoch);
        Assert.Equal((null, null), (sample?.CpuLimit, sample?.MemoryLimit));
    }

    [Fact]
    public void A_group_that_is_gone_ends_the_life() => Assert.Null(Meter().Read(DateTimeOffset.UnixEpoch));

    [Fact]
    public void The_network_is_counted_without_the_loopback() => Assert.Equal((1500, 700), KernelFiles.Network("""
        Inter-|   Receive                                                |  Transmit
         face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier
            lo:  999999    10    0    0    0     0          0         0   999999      10    0    0    0     0       0
          eth0:    1000     3    0    0    0     0          0         0      600       2    0    0    0     0       0
          eth1:     500     3    0    0    0     0          0         0      100       2    0    0    0     0       0
        """u8));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private GroupsV2 Meter() => new(new ControlGroup(_folder, IsUnified: true), new KernelFiles());

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(_folder, file), text);
}
