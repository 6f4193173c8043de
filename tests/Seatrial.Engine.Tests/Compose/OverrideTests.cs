using Seatrial.Engine.Compose;

namespace Seatrial.Engine.Tests.Compose;

public sealed class OverrideTests : IDisposable
{
    private readonly SystemFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("hostname: a", "hostname: b", "hostname: b")]
    [InlineData("hostname: a", "hostname:", "hostname: a")]
    [InlineData("command: [a, b]", "command: [c]", "command: [c]")]
    [InlineData("command: [a, b]", "command: null", "labels: {}")]
    [InlineData("entrypoint: a b", "entrypoint: c", "entrypoint: [c]")]
    [InlineData("environment: {A: 1, B: 1}", "environment: [B=2, C=2]", "environment: {A: 1, B: 2, C: 2}")]
    [InlineData("environment: [A=1, B=1]", "environment: {B: 2}", "environment: {A: 1, B: 2}")]
    [InlineData("environment: [A=1]", "environment: {A: !reset null, B: 2}", "environment: {B: 2}")]
    [InlineData("labels: {a: 1}", "labels: [b=2]", "labels: {a: 1, b: 2}")]
    [InlineData("sysctls: {a: 1}", "sysctls: [a=2]", "sysctls: {a: 2}")]
    [InlineData("cap_add: [A, B]", "cap_add: [B, C]", "cap_add: [A, B, C]")]
    [InlineData("dns: 1.1.1.1", "dns: [1.1.1.1, 8.8.8.8]", "dns: [1.1.1.1, 8.8.8.8]")]
    [InlineData("tmpfs: /a", "tmpfs: [/b]", "tmpfs: [/a, /b]")]
    [InlineData("security_opt: [a]", "security_opt: [a]", "security_opt: [a, a]")]
    [InlineData("volumes: ['./a:/x', './b:/y']", "volumes: [{type: bind, source: ./c, target: /x}]", "volumes: ['./c:/x', './b:/y']")]
    [InlineData("ports: ['80:80', '81:81']", "ports: [{target: 80, published: 80}, '82:82']", "ports: ['80:80', '81:81', '82:82']")]
    [InlineData("ports: ['80:80']", "ports: !override ['90:90']", "ports: ['90:90']")]
    [InlineData("ports: ['80:80']", "ports: !reset []", "labels: {}")]
    [InlineData("depends_on: [db]", "depends_on: {db: {condition: service_healthy}}", "depends_on: {db: {condition: service_healthy}}")]
    [InlineData("depends_on: {db: {condition: service_healthy}}", "depends_on: [other]", "depends_on: {db: {condition: service_healthy}, other: {condition: service_started}}")]
    [InlineData("networks: [data]", "networks: {data: {aliases: [a]}, default: {}}", "networks: {data: {aliases: [a]}, default: {}}")]
    [InlineData("networks: {data: {aliases: [a]}}", "networks: [data]", "networks: {data: {aliases: [a]}}")]
    [InlineData("build: ctx", "build: {target: t}", "build: {context: ctx, target: t}")]
    [InlineData("build: {context: ctx, args: [A=1]}", "build: {args: {B: 2}}", "build: {context: ctx, args: {A: 1, B: 2}}")]
    [InlineData("healthcheck: {test: [CMD, a], retries: 3}", "healthcheck: {test: b}", "healthcheck: {test: b, retries: 3}")]
    [InlineData("healthcheck: {test: a, retries: 3}", "healthcheck: !override {test: b}", "healthcheck: {test: b}")]
    [InlineData("logging: {driver: d, options: {a: 1}}", "logging: {driver: d, options: {b: 2}}", "logging: {driver: d, options: {a: 1, b: 2}}")]
    [InlineData("logging: {driver: d, options: {a: 1}}", "logging: {driver: e, options: {b: 2}}", "logging: {driver: e, options: {b: 2}}")]
    [InlineData("ulimits: {nofile: {soft: 1, hard: 2}, core: 0}", "ulimits: {nofile: 3}", "ulimits: {nofile: 3, core: 0}")]
    [InlineData("extra_hosts: {a: 1.1.1.1}", "extra_hosts: ['b:2.2.2.2', 'a=1.1.1.1']", "extra_hosts: ['a=1.1.1.1', 'b=2.2.2.2']")]
    [InlineData("devices: ['/dev/a:/dev/x']", "devices: ['/dev/b:/dev/x', /dev/c]", "devices: ['/dev/b:/dev/x', /dev/c]")]
    [InlineData("deploy: {replicas: 2, resources: {limits: {cpus: 1}}}", "deploy: {resources: {limits: {memory: 1g}}}", "deploy: {replicas: 2, resources: {limits: {cpus: 1, memory: 1g}}}")]
    [InlineData("secrets: [s]", "secrets: [{source: s, mode: 0400}]", "secrets: [{source: s, mode: 0400}]")]
    [InlineData("profiles: [a, b]", "profiles: [b, '*']", "profiles: [a, b, '*']")]
    public void A_later_file_is_laid_over_an_earlier_one_by_Composes_rules(string lower, string upper, string expected)
    {
        var merged = Service(lower, upper);

        Assert.Equal(ModelText.Of(Service(expected, "labels: {}")), ModelText.Of(merged));
    }

    [Fact]
    public void Documents_of_one_file_are_laid_over_each_other()
    {
        _folder.With("compose.yaml", "services: {a: {image: x, user: u}}\n---\nservices: {a: {image: y}}\n");

        Assert.Equal(("y", "u"), (_folder.Project().Services["a"].Image, _folder.Project().Services["a"].User));
    }

    [Fact]
    public void A_whole_service_can_be_taken_away()
    {
        _folder.With("compose.yaml", "services: {a: {image: x}, b: {image: x}}\n")
            .With("compose.override.yml", "services: {b: !reset null}\n");

        Assert.Equal(["a"], _folder.Project().Services.Keys);
    }

    [Fact]
    public void What_does_not_fit_onto_what_is_below_is_told_with_both_places()
    {
        _folder.With("compose.yaml", "services: {a: {image: x, healthcheck: {test: a}}}\n")
            .With("compose.override.yaml", "services: {a: {healthcheck: [b]}}\n");

        var problem = Assert.Single(
            _folder.Read().Problems,
            told => told.What.Contains("is a list, laid over a mapping", StringComparison.Ordinal));

        Assert.EndsWith("compose.override.yaml:1:29", problem.Where, StringComparison.Ordinal);
        Assert.Contains("compose.yaml:1:", problem.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_is_told_at_the_place_in_the_file_that_holds_it()
    {
        _folder.With("compose.yaml", "services:\n  a:\n    image: x\n    user: u\n")
            .With("compose.override.yaml", "services:\n  a:\n    restart: often\n");

        Assert.EndsWith(
            "compose.override.yaml:3:14", Assert.Single(_folder.Read().Problems).Where, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_are_named_by_the_caller_or_by_a_variable()
    {
        _folder.With("a.yaml", "services: {a: {image: x}}\n").With("sub/b.yaml", "services: {a: {build: ctx}}\n");
        string[] files = [Path.Combine(_folder.Path, "a.yaml"), Path.Combine(_folder.Path, "sub/b.yaml")];

        var named = ComposeReader.Read(new ComposeRequest { Path = _folder.Path, Files = files }, _folder.Environment);
        _folder.Environment["COMPOSE_FILE"] = "a.yaml:sub/b.yaml";

        Assert.Equal(Path.Combine(_folder.Path, "ctx"), named.Project?.Services["a"].Build?.Context);
        Assert.Equal(files, _folder.Project().Files);
    }

    [Fact]
    public void The_callers_name_and_profiles_and_variables_win()
    {
        _folder.With("compose.yaml", "name: own\nservices: {a: {image: $TAG, profiles: [p]}}\n").With("my.env", "TAG=t\n");

        var project = ComposeReader.Read(
            new ComposeRequest
            {
                Path = _folder.Path,
                ProjectName = "said",
                Profiles = ["p"],
                EnvFiles = [Path.Combine(_folder.Path, "my.env")],
            },
            _folder.Environment).Project;

        Assert.Equal(("said", "t"), (project?.Name, project?.Services["a"].Image));
    }

    [Fact]
    public void A_service_that_is_asked_for_by_name_has_its_profiles_on()
    {
        _folder.With(
            "compose.yaml",
            "services: {a: {image: x}, b: {image: x, profiles: [p]}, c: {image: x, profiles: [p]}, d: {image: x, profiles: [q]}}");

        var project = ComposeReader.Read(
            new ComposeRequest { Path = _folder.Path, Services = ["b"] }, _folder.Environment).Project;

        Assert.Equal(["a", "b", "c"], project?.Services.Keys);
    }

    private ComposeService Service(string lower, string upper)
    {
        _folder.With("compose.yaml", File(lower)).With("compose.override.yaml", $"services:\n  app:\n    {upper}\n");
        _folder.Environment["COMPOSE_PROFILES"] = "*";
        return _folder.Project().Services["app"];

        static string File(string line) =>
            $$$"""
            services:
              app:
                image: app
                {{{line}}}
              db: {image: db, healthcheck: {test: x}}
              other: {image: db}
            networks: {data: {}}
            secrets: {s: {content: x}}
            """;
    }
}
