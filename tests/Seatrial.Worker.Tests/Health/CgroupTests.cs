using Microsoft.Extensions.Time.Testing;
using Seatrial.Wire;
using Seatrial.Worker.Configuration;
using Seatrial.Worker.Health;
using Seatrial.Worker.Tests.Configuration;

namespace Seatrial.Worker.Tests.Health;

/// <summary>On folders as the kernel lays them out.</summary>
public sealed class CgroupTests : IDisposable
{
    private const long Megabyte = 1 << 20;

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Version_2_is_read()
    {
        WriteV2(usageMicroseconds: 1_000_000, periods: 100, throttled: 10);
        var sampler = Sampler(new ResourceLimits());

        var limits = ContainerLimitsReader.Read(new ResourceLimits(), _folder.PathOf("cgroup"));
        Assert.Equal(("cgroup v2", 256.0, 1.5), (limits.Source, limits.MemoryLimitMb, limits.Cpus));
        Assert.True(limits.HeapLimitMb > 0);
        Check(sampler.Sample(), cpu: 0, throttled: 0);
        _time.Advance(TimeSpan.FromSeconds(2));
        WriteV2(usageMicroseconds: 2_500_000, periods: 120, throttled: 15);
        Check(sampler.Sample(), cpu: 50, throttled: 25);
    }

    [Fact]
    public void Version_1_is_read()
    {
        WriteV1(usageNanoseconds: 1_000_000_000, periods: 100, throttled: 10);
        var sampler = Sampler(new ResourceLimits());

        var limits = ContainerLimitsReader.Read(new ResourceLimits(), _folder.PathOf("cgroup"));
        Assert.Equal(("cgroup v1", 256.0, 1.5), (limits.Source, limits.MemoryLimitMb, limits.Cpus));
        Check(sampler.Sample(), cpu: 0, throttled: 0);
        _time.Advance(TimeSpan.FromSeconds(2));
        WriteV1(usageNanoseconds: 2_500_000_000, periods: 120, throttled: 15);
        Check(sampler.Sample(), cpu: 50, throttled: 25);
    }

    [Fact]
    public void Without_a_limit_the_machine_is_the_limit()
    {
        Write("cgroup/memory.max", "max\n");
        Write("cgroup/memory.current", $"{100 * Megabyte}\n");
        Write("cgroup/cpu.max", "max 100000\n");
        Write("proc/meminfo", "MemTotal:       24000000 kB\nMemFree: 1 kB\n");

        var limits = ContainerLimitsReader.Read(new ResourceLimits(), _folder.PathOf("cgroup"));
        Assert.Null(limits.MemoryLimitMb);
        Assert.Null(limits.Cpus);
        Assert.Equal(23437.5, Sampler(new ResourceLimits()).Sample().MemoryLimitMb);
    }

    [Fact]
    public void What_is_configured_holds_when_it_is_lower()
    {
        WriteV2(usageMicroseconds: 0, periods: 0, throttled: 0);

        Assert.Equal(128, Sampler(new ResourceLimits { Memory = 128 * Megabyte }).Sample().MemoryLimitMb);
        Assert.Equal(256, Sampler(new ResourceLimits { Memory = 512 * Megabyte }).Sample().MemoryLimitMb);
    }

    [Fact]
    public void A_kernel_that_shows_nothing_is_no_fault()
    {
        var usage = Sampler(new ResourceLimits()).Sample();

        Assert.Equal((0.0, 0.0, 0), (usage.MemoryUsageMb, usage.CpuUsagePercent, usage.NetworkConnections));
    }

    [Fact]
    public void Health_is_degraded_near_a_limit()
    {
        WriteV2(usageMicroseconds: 0, periods: 0, throttled: 0);
        var limits = new ResourceLimits { Memory = 65 * Megabyte, Connections = 2, DiskPath = "/none" };

        var status = ResourceChecks.Check(Sampler(limits).Sample(), limits, _time);

        Assert.Equal(HealthStatus.Degraded, status.Status);
        Assert.Equal("Near the limit: memory 60 of 65, connections 2 of 2.", status.Message);
        var relaxed = limits with { WarnPercent = 95, Connections = null };
        Assert.Equal(HealthStatus.Healthy, ResourceChecks.Check(Sampler(relaxed).Sample(), relaxed, _time).Status);
    }

    public void Dispose() => _folder.Dispose();

    private static void Check(ResourceStatus usage, double cpu, double throttled)
    {
        Assert.Equal((60.0, 256.0), (usage.MemoryUsageMb, usage.MemoryLimitMb));
        Assert.Equal((cpu, throttled), (usage.CpuUsagePercent, usage.CpuThrottledPercent));
        Assert.Equal(2, usage.NetworkConnections);
        Assert.InRange(usage.DiskUsageMb, 1, usage.DiskLimitMb);
    }

    private ResourceSampler Sampler(ResourceLimits limits) => new(
        new LiveConfig(new ContainerConfig
        {
            FlowName = "flow",
            DatabaseConnections = new Dictionary<string, DatabaseConfig>(),
            ResourceLimits = limits,
        }),
        _time, _folder.PathOf("cgroup"), _folder.PathOf("proc"));

    private void WriteV2(long usageMicroseconds, int periods, int throttled)
    {
        Write("cgroup/cgroup.controllers", "cpu io memory pids\n");
        Write("cgroup/memory.max", $"{256 * Megabyte}\n");
        Write("cgroup/memory.current", $"{100 * Megabyte}\n");
        Write("cgroup/memory.stat", $"anon 1\nfile 2\ninactive_anon 3\ninactive_file {40 * Megabyte}\n");
        Write("cgroup/cpu.max", "150000 100000\n");
        Write(
            "cgroup/cpu.stat",
            $"usage_usec {usageMicroseconds}\nuser_usec 1\nnr_periods {periods}\nnr_throttled {throttled}\n");
        WriteNetwork();
    }

    private void WriteV1(long usageNanoseconds, int periods, int throttled)
    {
        Write("cgroup/memory/memory.limit_in_bytes", $"{256 * Megabyte}\n");
        Write("cgroup/memory/memory.usage_in_bytes", $"{100 * Megabyte}\n");
        Write("cgroup/memory/memory.stat", $"inactive_file 1\ntotal_inactive_file {40 * Megabyte}\n");
        Write("cgroup/cpu/cpu.cfs_quota_us", "150000\n");
        Write("cgroup/cpu/cpu.cfs_period_us", "100000\n");
        Write("cgroup/cpu/cpu.stat", $"nr_periods {periods}\nnr_throttled {throttled}\nthrottled_time 5\n");
        Write("cgroup/cpuacct/cpuacct.usage", $"{usageNanoseconds}\n");
        WriteNetwork();
    }

    private void WriteNetwork()
    {
        const string Names = "Tcp: RtoAlgorithm MaxConn PassiveOpens CurrEstab InSegs\n";
        Write("proc/self/net/snmp", $"Ip: Forwarding\nIp: 1\n{Names}Tcp: 1 -1 4803 2 9\nUdp: InDatagrams\nUdp: 36\n");
    }

    private void Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.PathOf(path)) ?? "");
        _folder.Write(path, content);
    }
}
