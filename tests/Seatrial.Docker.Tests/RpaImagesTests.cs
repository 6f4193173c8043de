using Seatrial.Engine.Compose;
using Seatrial.Engine.Drivers;
using Seatrial.Engine.Images;
using Seatrial.Engine.Runs;
using Seatrial.Testing;

namespace Seatrial.Docker.Tests;

/// <summary>The images of <c>systems/rpa</c> themselves.</summary>
[Trait("Needs", "Docker")]
public sealed class RpaImagesTests(ImageFixture fixture) : IClassFixture<ImageFixture>
{
    private const int MostOfAFlow = 300_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_flow_adds_at_most_300_kB_to_the_base()
    {
        var images = await EnsureAsync();
        var below = await fixture.Images.InspectAsync("seatrial/rpa-base", Token);

        foreach (var service in new[] { "rpa1", "rpa2", "rpa3" })
        {
            var flow = await fixture.Images.InspectAsync(images[service].Reference, Token);
            Assert.Equal(below?.Layers, flow?.Layers.Take(below?.Layers.Count ?? 0));
            Assert.InRange((flow?.Size - below?.Size) ?? long.MaxValue, 1, MostOfAFlow);
        }
    }

    [Fact]
    public async Task A_worker_without_the_name_of_its_flow_says_so_and_exits_78()
    {
        var images = await EnsureAsync();

        var (exitCode, log) = await RunAsync(images["rpa1"], new ComposeService { Name = "rpa1" });

        Assert.Equal(78, exitCode);
        Assert.Contains("CONTAINER_FLOW_NAME is not set", Assert.Single(log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_health_of_a_worker_that_does_not_run_is_1()
    {
        var images = await EnsureAsync();

        var (exitCode, _) = await RunAsync(images["rpa1"], new ComposeService { Name = "rpa1", Command = ["health"] });

        Assert.Equal(1, exitCode);
    }

    [Fact]
    public async Task A_database_on_an_empty_volume_without_a_password_says_so_and_exits_78()
    {
        var images = await EnsureAsync();

        var (exitCode, log) = await RunAsync(images["db"], new ComposeService { Name = "db" });

        Assert.Equal(78, exitCode);
        Assert.Contains("POSTGRES_PASSWORD is not set", Assert.Single(log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_is_made_with_user_password_and_name_and_a_half_made_one_is_made_anew()
    {
        var images = await EnsureAsync();
        const string Script =
            """
            mkdir "$PGDATA/initialising" && touch "$PGDATA/initialising/half"
            echo 'se"cret' > /tmp/password
            entrypoint.sh postgres -c listen_addresses= > /tmp/log 2>&1 &
            until pg_isready --quiet --username rpa --dbname 'my "db"'; do sleep 0.1; done
            psql --username rpa --dbname 'my "db"' --tuples-only --no-align --command \
              "select current_user, datname, pg_encoding_to_char(encoding) from pg_database
               where datname = current_database()"
            ls "$PGDATA" | grep -c initialising
            """;

        var (exitCode, log) = await RunAsync(images["db"], new ComposeService
        {
            Name = "db",
            Entrypoint = ["bash", "-c", Script],
            Environment = new Dictionary<string, string>
            {
                ["POSTGRES_USER"] = "rpa",
                ["POSTGRES_PASSWORD_FILE"] = "/tmp/password",
                ["POSTGRES_DB"] = "my \"db\"",
            },
        });

        Assert.Equal(["rpa|my \"db\"|UTF8", "0"], log);
        Assert.Equal(1, exitCode);
    }

    private async Task<IReadOnlyDictionary<string, ImageUse>> EnsureAsync()
    {
        var (project, spec) = TestEngine.Rpa();
        var builder = new ImageBuilder(fixture.Driver, TimeProvider.System);
        return (await builder.EnsureAsync(project, spec.Images, progress: null, Token)).Services;
    }

    /// <summary>Runs a container to its end, and returns its exit code and what it wrote.</summary>
    private async Task<(int ExitCode, IReadOnlyList<string> Log)> RunAsync(ImageUse image, ComposeService service)
    {
        var label = $"seatrial.test.{Guid.NewGuid():N}";
        var containers = fixture.Driver.Containers;
        var id = await containers.CreateAsync(
            new ContainerRequest
            {
                Name = label,
                Image = image.Reference,
                Service = service,
                Labels = new Dictionary<string, string> { [label] = "" },
                Networks = new Dictionary<string, IReadOnlyList<string>>(),
                Mounts = [],
            },
            Token);
        try
        {
            var ended = EndedAsync(label, TimeProvider.System.GetUtcNow().AddSeconds(-1));
            await containers.StartAsync(id, Token);
            return (await ended, await ((ICanReadLogs)containers).LogsAsync(id, tail: null, Token));
        }
        finally
        {
            await containers.RemoveAsync(id, TimeSpan.Zero, CancellationToken.None);
        }
    }

    private async Task<int> EndedAsync(string label, DateTimeOffset since) =>
        (await fixture.Driver.Engine.WatchAsync(label, null, since, Token)
            .FirstAsync(happened => happened.Kind is EngineEventKind.Died, Token)).ExitCode ?? -1;
}
