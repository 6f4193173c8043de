using Npgsql;
using Seatrial.Engine.Compose;
using Seatrial.Engine.Environments;
using Seatrial.Engine.Images;

namespace Seatrial.Testing;

/// <summary>
/// A PostgreSQL in a container, from the image of the RPA system: one for the whole test process, started by the first
/// test that needs it, removed at the process's end (or, when it is killed, by the next process's sweep).
/// </summary>
internal static class PostgresServer
{
    private const string Service = "db";
    private const string Password = "test";

    private static readonly Lazy<Task<string>> _connectionString = new(StartAsync);

    /// <summary>Of its superuser.</summary>
    public static Task<string> ConnectionStringAsync() => _connectionString.Value;

    private static async Task<string> StartAsync()
    {
        var driver = await TestEngine.DriverAsync();
        var (project, spec) = TestEngine.Rpa();
        project = project with
        {
            Name = "test-postgres",
            Services = new Dictionary<string, ComposeService> { [Service] = ForTests(project.Services[Service]) },
        };
        var images = await new ImageBuilder(driver, TimeProvider.System).EnsureAsync(
            project, spec with { Publish = [], Bases = [] }, progress: null, CancellationToken.None);
        var plan = EnvironmentPlans.Plan(project, new EnvironmentOptions
        {
            RunId = TestEngine.NewRunId(),
            Images = images.Services.ToDictionary(image => image.Key, image => image.Value.Id),
        });
        var environment = await new EnvironmentRunner(driver, TimeProvider.System).StartAsync(
            plan, progress: null, CancellationToken.None);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => environment.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return new NpgsqlConnectionStringBuilder
        {
            Host = environment.Containers.Single().Addresses.Values.Single(),
            Username = "test",
            Password = Password,
            Database = "postgres",
        }.ConnectionString;
    }

    /// <summary>Nothing it holds outlives it: an anonymous volume, and no syncs to a disk.</summary>
    private static ComposeService ForTests(ComposeService service) => service with
    {
        Command =
        [
            "postgres", "-c", "wal_level=logical", "-c", "fsync=off", "-c", "synchronous_commit=off",
            "-c", "full_page_writes=off", "-c", "max_connections=200", "-c", "max_replication_slots=40",
            "-c", "max_wal_senders=40",
        ],
        Environment = new Dictionary<string, string>
        {
            ["POSTGRES_USER"] = "test",
            ["POSTGRES_PASSWORD"] = Password,
            ["POSTGRES_DB"] = "postgres",
        },
        Healthcheck = new ComposeHealthcheck
        {
            Test = ["CMD", "pg_isready", "--host=127.0.0.1", "--username=test", "--dbname=postgres"],
            Interval = TimeSpan.FromMilliseconds(250),
            Timeout = TimeSpan.FromSeconds(5),
            Retries = 240,
        },
        Mounts = [],
    };
}
