using Npgsql;
using Seatrial.Engine.Compose;
using Seatrial.Engine.Drivers;
using Seatrial.Engine.Environments;
using Seatrial.Engine.Images;

namespace Seatrial.Testing;

/// <summary>A PostgreSQL in a container of its own, from the image of the RPA system, on an anonymous volume.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Service = "db";
    private const string Password = "test";

    // Nothing that tests leave there has to outlive a crash of the machine.
    private static readonly string[] _fast =
    [
        "fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=logical", "max_connections=200",
        "max_replication_slots=40", "max_wal_senders=40",
    ];

    private static readonly Lazy<Task<PostgresServer>> _shared = new(StartSharedAsync);

    private readonly IContainerDriver _driver;
    private readonly RunningEnvironment _environment;

    private PostgresServer(IContainerDriver driver, RunningEnvironment environment)
    {
        _driver = driver;
        _environment = environment;
        ConnectionString = new NpgsqlConnectionStringBuilder
        {
            Host = environment.Containers.Single().Addresses.Values.Single(),
            Username = "test",
            Password = Password,
            Database = "postgres",
        }.ConnectionString;
    }

    /// <summary>Of its superuser.</summary>
    public string ConnectionString { get; }

    public string ContainerId => _environment.Containers.Single().Id;

    /// <summary>The one of this test process: started by the first test that needs it, removed at the process's end
    /// (or, when it is killed, by the next process's sweep).</summary>
    internal static Task<PostgresServer> SharedAsync() => _shared.Value;

    /// <summary>One of the caller's own, with settings such as <c>shared_buffers=1GB</c>.</summary>
    public static async Task<PostgresServer> StartAsync(
        IEnumerable<string> settings, CancellationToken cancellationToken)
    {
        var driver = await TestEngine.DriverAsync();
        var (project, spec) = TestEngine.Rpa();
        project = project with
        {
            Name = "test-postgres",
            Services = new Dictionary<string, ComposeService>
            {
                [Service] = ForTests(project.Services[Service], settings),
            },
        };
        var images = await new ImageBuilder(driver, TimeProvider.System).EnsureAsync(
            project, spec.Images with { Publish = [], Bases = [] }, progress: null, cancellationToken);
        var plan = EnvironmentPlans.Plan(project, new EnvironmentOptions
        {
            RunId = TestEngine.NewRunId(),
            Images = images.Services.ToDictionary(image => image.Key, image => image.Value.Id),
        });
        return new PostgresServer(driver, await new EnvironmentRunner(driver, TimeProvider.System).StartAsync(
            plan, progress: null, cancellationToken));
    }

    /// <summary>Its container now.</summary>
    public Task<ContainerState?> InspectAsync(CancellationToken cancellationToken) =>
        _driver.Containers.InspectAsync(ContainerId, cancellationToken);

    /// <summary>By SIGKILL to its first process.</summary>
    public Task KillAsync() => ((ICanKill)_driver.Containers).KillAsync(
        ContainerId, "SIGKILL", CancellationToken.None);

    /// <summary>As an administrator does: those who are connected are told, and it takes no more.</summary>
    public async Task StopAsync()
    {
        await ((ICanKill)_driver.Containers).KillAsync(ContainerId, "SIGINT", CancellationToken.None);
        while ((await InspectAsync(CancellationToken.None))?.Running == true)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    /// <summary>Every process of it stands still, and its connections stay.</summary>
    public Task PauseAsync() => ((ICanPause)_driver.Containers).PauseAsync(ContainerId, CancellationToken.None);

    public Task UnpauseAsync() => ((ICanPause)_driver.Containers).UnpauseAsync(ContainerId, CancellationToken.None);

    /// <summary>With its data; ends when it accepts connections.</summary>
    public async Task StartAgainAsync()
    {
        await _driver.Containers.StartAsync(ContainerId, CancellationToken.None);

        // One of a pool seems to open, and is dead.
        var fresh = new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ConnectionString;
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(fresh);
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
        }
    }

    public ValueTask DisposeAsync() => _environment.DisposeAsync();

    private static async Task<PostgresServer> StartSharedAsync()
    {
        var server = await StartAsync(_fast, CancellationToken.None);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return server;
    }

    private static ComposeService ForTests(ComposeService service, IEnumerable<string> settings) => service with
    {
        Command = ["postgres", .. settings.SelectMany(setting => new[] { "-c", setting })],
        Environment = new Dictionary<string, string>
        {
            ["POSTGRES_USER"] = "test",
            ["POSTGRES_PASSWORD"] = Password,
            ["POSTGRES_DB"] = "postgres",
        },
        Healthcheck = new ComposeHealthcheck
        {
            Test = ["CMD", "pg_isready", "--host=127.0.0.1", "--username=test", "--dbname=postgres"],
            Interval = TimeSpan.FromSeconds(1),
            Timeout = TimeSpan.FromSeconds(5),
            Retries = 60,
        },
        Mounts = [],
    };
}
