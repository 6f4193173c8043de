using Npgsql;
using Seatrial.Engine.Compose;
using Seatrial.Engine.Drivers;
using Seatrial.Engine.Environments;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Images;
using Seatrial.Engine.Specs;
using Seatrial.Testing;

namespace Seatrial.Docker.Tests.Faults;

/// <summary>
/// A small system to break: a PostgreSQL, and three containers that each keep a session with it and write a row ten
/// times a second. Small file systems lie where the database and a worker keep their files.
/// </summary>
public sealed class FaultSystem : IAsyncLifetime
{
    public const string Database = "db";
    public const string Worker = "app";

    // A session that was lost is opened anew, by name.
    private const string Pulse =
        """
        export PGPASSWORD=test PGCONNECT_TIMEOUT=3
        while :; do
          { while sleep 0.1; do echo "begin; insert into pulse (app) values ('$HOSTNAME'); commit;"; done; } |
            psql --quiet --no-psqlrc --host=db --username=test --dbname=postgres --set=ON_ERROR_STOP=1 >/dev/null || true
          sleep 0.1
        done
        """;

    private const string Server =
        """
        data=/var/lib/postgresql/data
        if ! test -s $data/PG_VERSION; then
          initdb --pgdata=$data --waldir=/wal/log --username=test --pwfile=<(echo test) --auth=scram-sha-256 --no-sync \
            --locale=C --encoding=UTF8 >/dev/null
          echo 'host all all all scram-sha-256' >> $data/pg_hba.conf
        fi
        exec postgres -c listen_addresses='*' -c max_connections=20 -c min_wal_size=32MB -c max_wal_size=64MB
        """;

    private RunningEnvironment? _environment;
    private FaultScene? _scene;

    public FaultScene Scene => _scene ?? throw new InvalidOperationException("It was not started.");

    public string ConnectionString { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var driver = await TestEngine.DriverAsync();
        var project = await ProjectAsync(driver);
        _environment = await new EnvironmentRunner(driver, TimeProvider.System).StartAsync(
            EnvironmentPlans.Plan(project, new EnvironmentOptions
            {
                RunId = TestEngine.NewRunId(),
                Replicas = new Dictionary<string, int> { [Worker] = 3 },
            }),
            progress: null,
            CancellationToken.None);
        ConnectionString = new NpgsqlConnectionStringBuilder
        {
            Host = Only(Database).Addresses.Values.Single(),
            Username = "test",
            Password = "test",
            Database = "postgres",
            Pooling = false,
        }.ConnectionString;
        _scene = new FaultScene(_environment, driver, TimeProvider.System)
        {
            Database = new DatabaseAccess(Database, 5432, ConnectionString),
            Mapping = BuiltInMapping.ForWorker([Worker]) with
            {
                Queue = BuiltInMapping.ForWorker([Worker]).Queue with { Table = "pulse" },
            },
        };
        await ExecuteAsync(
            "create table pulse (id bigserial primary key, app text, at timestamptz default clock_timestamp())");
        await PulseAsync(2);
    }

    public async ValueTask DisposeAsync()
    {
        if (_environment is not null)
        {
            await _environment.DisposeAsync();
        }
    }

    public RunningContainer Only(string service, int number = 1) =>
        Environment().Containers.Single(one => one.Service == service && one.Number == number);

    public async Task<T?> AskAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync() is T value ? value : default;
    }

    public Task ExecuteAsync(string sql) => AskAsync<object>(sql);

    /// <summary>Ends when every worker has written within the last second.</summary>
    public async Task PulseAsync(int workers = 3)
    {
        while (await AskAsync<long>(
            "select count(distinct app) from pulse where at > clock_timestamp() - interval '1 s'") < workers)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    private RunningEnvironment Environment() =>
        _environment ?? throw new InvalidOperationException("It was not started.");

    private static async Task<ComposeProject> ProjectAsync(IContainerDriver driver)
    {
        var (rpa, spec) = TestEngine.Rpa();
        var only = rpa with { Services = new Dictionary<string, ComposeService> { ["db"] = rpa.Services["db"] } };
        var images = await new ImageBuilder(driver, TimeProvider.System).EnsureAsync(
            only, spec.Images with { Publish = [], Bases = [] }, progress: null, CancellationToken.None);
        var image = images.Services["db"].Id;
        var limited = new ComposeVolume
        {
            DriverOptions = new Dictionary<string, string>
            {
                ["type"] = "tmpfs",
                ["device"] = "tmpfs",
                ["o"] = "size=192m,uid=999,gid=999,mode=0700",
            },
        };
        var networks = new Dictionary<string, IReadOnlyList<string>> { ["data"] = [] };
        return rpa with
        {
            Name = "test-faults",
            Services = new Dictionary<string, ComposeService>
            {
                [Database] = new()
                {
                    Name = Database,
                    Image = image,
                    Entrypoint = ["bash", "-ec"],
                    Command = [Server],
                    Networks = networks,
                    StopSignal = "SIGINT",
                    Healthcheck = new ComposeHealthcheck
                    {
                        Test = ["CMD", "pg_isready", "--host=127.0.0.1", "--username=test"],
                        Interval = TimeSpan.FromSeconds(1),
                        Timeout = TimeSpan.FromSeconds(5),
                        Retries = 60,
                    },
                    Mounts =
                    [
                        new ComposeMount(MountKind.Volume, "data", "/var/lib/postgresql/data"),
                        new ComposeMount(MountKind.Volume, "wal", "/wal"),
                    ],
                },
                [Worker] = new()
                {
                    Name = Worker,
                    Image = image,
                    Entrypoint = ["bash", "-c"],
                    Command = [Pulse],
                    Networks = networks,
                    CapDrop = ["ALL"],
                    StopGracePeriod = TimeSpan.FromSeconds(1),
                    DependsOn = [new ComposeDependency(Database, DependencyCondition.Healthy)],

                    // A volume of a memory file system is lost with the last container that has it.
                    Mounts =
                    [
                        new ComposeMount(MountKind.Volume, "data", "/keep/data"),
                        new ComposeMount(MountKind.Volume, "wal", "/keep/wal"),
                        new ComposeMount(MountKind.Tmpfs, null, "/var/lib/seatrial") { TmpfsSize = 16 << 20 },
                    ],
                },
            },
            Volumes = new Dictionary<string, ComposeVolume> { ["data"] = limited, ["wal"] = limited },
        };
    }
}
