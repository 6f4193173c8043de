using System.Globalization;
using Npgsql;
using Seatrial.Engine.Drivers;
using Seatrial.Engine.Environments;

namespace Seatrial.Docker.Tests.Faults;

/// <summary>What others see of each kind of fault while it lasts: the database, the kernel, the engine.</summary>
internal sealed class FaultEffects
{
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(1500);

    private readonly FaultSystem _system;
    private readonly RunningContainer _target;
    private readonly int _process;
    private readonly long _lastSession;
    private readonly string _startedAt;

    private FaultEffects(
        FaultSystem system, RunningContainer target, int process, long lastSession, string startedAt) =>
        (_system, _target, _process, _lastSession, _startedAt) = (system, target, process, lastSession, startedAt);

    public static async Task<FaultEffects> BeginAsync(FaultSystem system, RunningContainer target)
    {
        var state = await system.Scene.Driver.Containers.InspectAsync(target.Id, CancellationToken.None);
        return new FaultEffects(
            system,
            target,
            state?.ProcessId ?? 0,
            await SessionAsync(system, target),
            $"{state?.StartedAt:O}");
    }

    public Task SeeAsync(string kind) => kind switch
    {
        "kill" or "stop" or "out-of-memory" or "silent-death" or "kill-postmaster" => IsDeadAsync(),
        "database-down" or "prefect-down" or "balancer-down" or "monitoring-down" => IsDeadAsync(),
        "restart" => IsAnotherLifeAsync(),
        "suspend" => IsStoppedAsync(),
        "pause" or "partition" or "partition-in" or "partition-out" or "detach" => WritesNothingAsync(),
        "lock-table" => IsLockedAsync(),
        "half-open" => WritesNothingAsync(),
        "commit-ack-lost" => HasSessionThroughHostAsync(),
        "latency" or "bandwidth" or "slice" => IsSlowAsync(),
        "reset" or "terminate-sessions" or "kill-backend" => HasAnotherSessionAsync(),
        "refuse" => CantConnectAsync(),
        "packet-loss" => RetransmitsAsync(),
        "slow-link" => IsQueuedAsync(),
        "dns-refused" or "dns-silent" => ResolvesNothingAsync(),
        "cpu-starved" => IsGroupAsync("cpu/cpu.cfs_quota_us", "10000"),
        "memory-short" => IsBoundedAsync(),
        "processes-exhausted" => CantExecuteAsync(),
        "io-throttled" => WritesSlowlyAsync(),
        "disk-full-data" or "disk-full-wal" or "disk-full-journal" => CantWriteAsync(kind),
        "exhaust-connections" => IsRefusedAsync(),
        "long-snapshot" => HasOldSnapshotAsync(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Say how others see it."),
    };

    private async Task<ContainerState> StateAsync() =>
        await _system.Scene.Driver.Containers.InspectAsync(_target.Id, CancellationToken.None)
        ?? throw new InvalidOperationException($"{_target.ShortName} is gone.");

    private async Task IsDeadAsync() => Assert.False((await StateAsync()).Running);

    private async Task IsAnotherLifeAsync() => Assert.NotEqual(_startedAt, $"{(await StateAsync()).StartedAt:O}");

    private async Task WritesNothingAsync()
    {
        await Task.Delay(_look, TimeProvider.System);
        var before = await _system.AskAsync<long>($"select count(*) from pulse where app = '{_target.Id[..12]}'");
        await Task.Delay(_look, TimeProvider.System);
        Assert.Equal(
            before, await _system.AskAsync<long>($"select count(*) from pulse where app = '{_target.Id[..12]}'"));
    }

    private async Task IsLockedAsync()
    {
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => _system.ExecuteAsync(
            "set lock_timeout = '100ms'; select count(*) from pulse"));
        Assert.Equal(PostgresErrorCodes.LockNotAvailable, refusal.SqlState);
    }

    private Task IsStoppedAsync()
    {
        // Its children go on: only the first process was stopped.
        Assert.Contains("State:\tT", File.ReadAllText($"/proc/{_process}/status"), StringComparison.Ordinal);
        return Task.CompletedTask;
    }

    /// <summary>A question to the server, which a container on the way asks by itself.</summary>
    private async Task IsSlowAsync()
    {
        var began = TimeProvider.System.GetTimestamp();
        Assert.Equal(0, await ExecuteAsync(
            "env", "PGPASSWORD=test", "psql", "--host=db", "--username=test", "--dbname=postgres", "--command",
            "select repeat('x', 30000)"));
        Assert.True(TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromMilliseconds(300));
    }

    private async Task HasAnotherSessionAsync()
    {
        while (await SessionAsync(_system, _target) is var session && (session == 0 || session == _lastSession))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    /// <summary>What comes through a proxy comes, for the database, from this host.</summary>
    private async Task HasSessionThroughHostAsync()
    {
        var addresses = _system.Scene.Environment.Containers.SelectMany(one => one.Addresses.Values);
        var sql = "select count(*) from pg_stat_activity where application_name = 'psql' and host(client_addr) not in ("
            + string.Join(", ", addresses.Select(address => $"'{address}'")) + ")";
        while (await _system.AskAsync<long>(sql) == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    private async Task CantConnectAsync()
    {
        var address = _system.Only(FaultSystem.Database).Addresses.Values.Single();
        var said = await Traces.InNetworkAsync(
            _process, "bash", "-c", $"(exec 3<>/dev/tcp/{address}/5432) 2>&1; true");
        Assert.Contains("Connection refused", said, StringComparison.Ordinal);
    }

    private async Task RetransmitsAsync()
    {
        while (await RetransmissionsAsync() is 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    private async Task<long> RetransmissionsAsync()
    {
        // The names stand above the numbers.
        var lines = (await Traces.InNetworkAsync(_process, "cat", "/proc/net/snmp")).Split('\n')
            .Where(line => line.StartsWith("Tcp:", StringComparison.Ordinal)).Select(line => line.Split(' ')).ToList();
        return long.Parse(lines[1][Array.IndexOf(lines[0], "RetransSegs")], CultureInfo.InvariantCulture);
    }

    private async Task IsQueuedAsync() => Assert.Contains(
        "tbf", await Traces.InNetworkAsync(_process, "tc", "qdisc", "show"), StringComparison.Ordinal);

    private async Task ResolvesNothingAsync() => Assert.NotEqual(0, await ExecuteAsync(
        "timeout", "1", "getent", "hosts", FaultSystem.Database));

    private Task IsGroupAsync(string file, string value)
    {
        Assert.Equal(value, Traces.Group(_target, file));
        return Task.CompletedTask;
    }

    private Task IsBoundedAsync()
    {
        var limit = long.Parse(Traces.Group(_target, "memory/memory.limit_in_bytes"), CultureInfo.InvariantCulture);
        Assert.InRange(limit, 1, 256 << 20);
        return Task.CompletedTask;
    }

    private async Task CantExecuteAsync()
    {
        var limit = Traces.Group(_target, "pids/pids.max");
        Assert.NotEqual("max", limit);
        var (code, refused) = (0, false);
        try
        {
            code = await ExecuteAsync("bash", "-c", "sleep 0 | sleep 0");
        }
        catch (Engine.SeatrialException)
        {
            refused = true;
        }

        Assert.True(refused || code != 0);
    }

    private async Task WritesSlowlyAsync()
    {
        var began = TimeProvider.System.GetTimestamp();
        Assert.Equal(0, await ExecuteAsync("dd", "if=/dev/zero", "of=/var/tmp/x", "bs=4k", "count=40", "oflag=dsync"));
        Assert.True(TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromSeconds(1));
    }

    private async Task CantWriteAsync(string kind)
    {
        var folder = kind switch
        {
            "disk-full-data" => "/var/lib/postgresql/data",
            "disk-full-wal" => "/wal",
            _ => "/var/lib/seatrial",
        };
        var file = $"/proc/{_process}/root{folder}/test";
        var error = await Assert.ThrowsAsync<IOException>(() => File.WriteAllBytesAsync(file, new byte[100_000]));
        File.Delete(file);
        Assert.Contains("No space left", error.Message, StringComparison.Ordinal);
    }

    private async Task IsRefusedAsync()
    {
        // Those kept for administrators are few; who is none gets 53300 with the first.
        var open = new List<NpgsqlConnection>();
        try
        {
            var refusal = await Assert.ThrowsAsync<PostgresException>(async () =>
            {
                for (var i = 0; i < 5; i++)
                {
                    open.Add(new NpgsqlConnection(_system.ConnectionString));
                    await open[^1].OpenAsync();
                }
            });
            Assert.Equal(PostgresErrorCodes.TooManyConnections, refusal.SqlState);
        }
        finally
        {
            foreach (var connection in open)
            {
                await connection.DisposeAsync();
            }
        }
    }

    private async Task HasOldSnapshotAsync()
    {
        var xmin = "select min(age(backend_xmin)) from pg_stat_activity where application_name = 'seatrial-faults' and state = 'idle in transaction'";
        while (await _system.AskAsync<int>(xmin) < 10)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    private async Task<int> ExecuteAsync(params string[] command) =>
        await ((ICanExecute)_system.Scene.Driver.Containers).ExecuteAsync(
            _target.Id,
            new ExecRequest { Command = command },
            new ExecStreams(null, Stream.Null, Stream.Null),
            CancellationToken.None);

    private static async Task<long> SessionAsync(FaultSystem system, RunningContainer target)
    {
        try
        {
            return await system.AskAsync<int>(
                $"select pid from pg_stat_activity where host(client_addr) = '{target.Addresses.Values.Single()}' order by backend_start desc limit 1");
        }
        catch (NpgsqlException)
        {
            return 0;
        }
    }
}
