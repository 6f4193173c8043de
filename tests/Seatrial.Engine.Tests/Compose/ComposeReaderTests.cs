namespace Seatrial.Engine.Tests.Compose;

public sealed class ComposeReaderTests
{
    [Fact]
    public void Services_keep_the_files_order()
    {
        var reading = ComposeText.Read("services: {z: {image: z}, a: {image: a}, m: {image: m}}");

        Assert.Equal(["z", "a", "m"], reading.Project?.Services.Keys);
    }

    [Fact]
    public void Networks_and_volumes_are_read_and_the_default_network_is_there_when_it_is_used()
    {
        var project = ComposeText.Read(
            """
            services: {app: {image: app}}
            networks:
              a: {driver: overlay, internal: true, name: fixed, driver_opts: {x: 1}, labels: [l=m]}
              b: {external: true}
              my.net: {external: true}
            volumes:
              v: {driver: nfs, name: fixed, external: false, driver_opts: {o: rw}, labels: {l: m}}
              w:
            """).Project;

        Assert.NotNull(project);
        Assert.Equal(["a", "b", "my.net", "default"], project.Networks.Keys);
        var a = project.Networks["a"];
        Assert.Equal(
            ("overlay", true, "fixed", "1", "m"), (a.Driver, a.Internal, a.Name, a.DriverOptions["x"], a.Labels["l"]));
        Assert.Equal((true, "b"), (project.Networks["b"].External, project.Networks["b"].Name));
        Assert.Equal("my.net", project.Networks["my.net"].Name);
        var v = project.Volumes["v"];
        Assert.Equal(
            ("nfs", "fixed", false, "rw", "m"), (v.Driver, v.Name, v.External, v.DriverOptions["o"], v.Labels["l"]));
        Assert.Equal(("local", null), (project.Volumes["w"].Driver, project.Volumes["w"].Name));
    }

    [Fact]
    public void The_default_network_is_not_there_when_nobody_uses_it() =>
        Assert.Empty(
            ComposeText.Read("services: {app: {image: app, networks: []}}").Project?.Networks.Keys ?? ["none"]);

    [Fact]
    public void Every_value_has_its_place_and_what_is_absent_has_that_of_what_is_around_it()
    {
        var project = ComposeText.Read(
            """
            services:
              app:
                image: app
                ports: ["80"]
            """).Project;

        Assert.NotNull(project);
        Assert.EndsWith(
            "compose.yaml:3:12", project.PositionOf("services.app.image").ToString(), StringComparison.Ordinal);
        Assert.EndsWith(
            "compose.yaml:4:13", project.PositionOf("services.app.ports[0]").ToString(), StringComparison.Ordinal);
        Assert.EndsWith(
            "compose.yaml:2:3", project.PositionOf("services.app.healthcheck.test").ToString(),
            StringComparison.Ordinal);
        Assert.EndsWith("compose.yaml:1:1", project.PositionOf("networks.x").ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("servces: {}", "servces is not a key of Compose", "Did you mean services?")]
    [InlineData("services: {app: {imgae: x, image: y}}", "services.app.imgae is not a key of Compose", "Did you mean image?")]
    [InlineData("services: {app: {image: x, build: {contxt: .}}}", "services.app.build.contxt", "Did you mean context?")]
    [InlineData("services: {app: {image: x, healthcheck: {intervall: 1s}}}", "healthcheck.intervall", "Did you mean interval?")]
    [InlineData("services: {app: {image: x, ports: [{targt: 1, target: 1}]}}", "services.app.ports[0].targt", "Did you mean target?")]
    [InlineData("services: {app: {image: x, networks: {default: {alias: [a]}}}}", "default.alias", "Did you mean aliases?")]
    [InlineData("services: {app: {image: x}}\nnetworks: {n: {intern: true}}", "networks.n.intern", "Did you mean internal?")]
    [InlineData("services: {app: {image: x}}\nvolumes: {v: {ipam: {}}}", "volumes.v.ipam", "Its keys are name, driver")]
    public void An_unknown_key_is_an_error_that_guesses_what_was_meant(string text, string what, string fix)
    {
        var problem = Assert.Single(
            ComposeText.Read(text).Problems, problem => problem.What.Contains(what, StringComparison.Ordinal));

        Assert.Equal(Severity.Error, problem.Severity);
        Assert.Contains(fix, problem.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("services: {app: {image: x, blkio_config: {weight: 1}}}", "services.app.blkio_config is not honoured.", "1:28")]
    [InlineData("services: {app: {image: x, deploy: {mode: global}}}", "services.app.deploy.mode is not honoured.", "1:37")]
    [InlineData("services: {app: {image: x, platform: linux/amd64}}", "services.app.platform is not honoured.", "1:28")]
    [InlineData("version: '3'\nservices: {app: {image: x}}", "version is not honoured.", "1:1")]
    [InlineData("services: {app: {image: x}}\nmodels: {m: {model: x}}", "models is not honoured.", "2:1")]
    public void A_key_that_is_not_honoured_is_a_warning_with_its_place(string text, string what, string where)
    {
        var reading = ComposeText.Read(text);

        Assert.NotNull(reading.Project);
        var problem = ComposeText.Only(reading, what);
        Assert.Equal(Severity.Warning, problem.Severity);
        Assert.EndsWith("compose.yaml:" + where, problem.Where, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_of_ones_own_are_let_be_everywhere() =>
        Assert.Empty(
            ComposeText.Read(
                "x-a: {b: c}\nservices: {app: {image: x, x-b: 1, build: {x-c: 1}, deploy: {x-d: 1}}}\n"
                + "networks: {n: {x-e: 1}}").Problems);

    [Fact]
    public void What_an_anchor_carries_to_three_services_is_told_once()
    {
        var reading = ComposeText.Read(
            """
            x-w: &w
              imgae: x
              networks: [dta]
            services: {a: {<<: *w, image: a}, b: {<<: *w, image: b}, c: {<<: *w, image: c}}
            networks: {data: {}}
            """);

        Assert.Equal(2, reading.Problems.Count);
        Assert.EndsWith("compose.yaml:2:3", reading.Problems[0].Where, StringComparison.Ordinal);
        Assert.StartsWith("Did you mean data?", reading.Problems[1].Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void All_problems_are_told_at_once_in_the_order_of_the_lines()
    {
        var reading = ComposeText.Read(
            """
            services:
              a:
                imagee: x
                hostname: 5
                networks: [none]
                depends_on: [b]
              b:
                image: b
                stop_grace_period: soon
                depends_on: [a]
                environment: ["A=${"]
            """);

        Assert.Null(reading.Project);
        Assert.Equal(
            ["2", "3", "4", "5", "9", "10", "11"], reading.Problems.Select(problem => problem.Where.Split(':')[1]));
    }

    [Theory]
    [InlineData("{}", "The file has no services")]
    [InlineData("services: {}", "The file has no services")]
    [InlineData("services: [a]", "services is a list, where a mapping belongs")]
    [InlineData("services:", "services is empty, where a mapping belongs")]
    [InlineData("services: {app: }", "services.app is empty, where a mapping belongs")]
    [InlineData("services: {'a b': {image: a}}", "\"a b\" is no name")]
    [InlineData("services: {app: {}}", "services.app has neither image nor build")]
    [InlineData("services: {app: {image: ''}}", "services.app.image is blank")]
    [InlineData("services: {app: {image: a, networks: [b]}}", "services.app.networks[0] names the network b")]
    [InlineData("services: {app: {image: a, networks: {b: {}}}}", "services.app.networks.b names the network b")]
    [InlineData("services: {app: {image: a, depends_on: [b]}}", "services.app.depends_on[0] names the service b")]
    [InlineData("services: {app: {image: a, depends_on: {b: {condition: service_started}}}}", "depends_on.b names the service b")]
    [InlineData("services: {app: {image: a}}\nnetworks: {n: 5}", "networks.n is the number 5, where a mapping belongs")]
    [InlineData("services: {app: {image: a}}\nvolumes: [v]", "volumes is a list, where a mapping belongs")]
    [InlineData("services: {app: {image: a, container_name: n, scale: 2}}", "2 replicas and one container_name")]
    [InlineData("services: {app: {image: a, ports: ['80:80'], scale: 2}}", "2 replicas and one host port (80)")]
    [InlineData("services: {a: {image: a, container_name: n}, b: {image: b, container_name: n}}", "container_name n, as services.a")]
    [InlineData("services: {a: {image: a, ports: ['1:2']}, b: {image: b, ports: ['1:3']}}", "host port 1, as services.a")]
    [InlineData(
        "services: {a: {image: a, depends_on: {b: {condition: service_healthy}}}, "
        + "b: {image: b, healthcheck: {disable: true}}}",
        "waits until b is healthy, whose healthcheck is switched off")]
    public void What_does_not_fit_together_is_told(string text, string what)
    {
        var reading = ComposeText.Read(text);

        Assert.Null(reading.Project);
        Assert.Contains(reading.Problems, problem => problem.What.Contains(what, StringComparison.Ordinal));
    }

    [Fact]
    public void Network_mode_and_networks_exclude_each_other() =>
        Assert.Contains(
            ComposeText.Read("services: {a: {image: a, network_mode: host, networks: [default]}}").Problems,
            problem => problem.Severity is Severity.Error);

    [Theory]
    [InlineData("a: [b]|b: [a]", "a → b → a", "3:30")]
    [InlineData("a: [a]", "a → a", "2:30")]
    [InlineData("x: [a]|a: [b]|b: [c]|c: [a]", "a → b → c → a", "5:30")]
    [InlineData("a: [x, b]|x: []|b: {a: {condition: service_started}}", "a → b → a", "4:30")]
    public void A_ring_of_dependencies_is_told_with_its_way_and_place(string edges, string ring, string where)
    {
        var services = edges.Split('|').Select(edge => $"  {edge[0]}: {{image: x, depends_on: {edge[3..]}}}");

        var problem = ComposeText.Only(
            ComposeText.Read($"services:\n{string.Join('\n', services)}\n"), $"in a ring: {ring}.");

        Assert.EndsWith("compose.yaml:" + where, problem.Where, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_rings_are_told_each()
    {
        var reading = ComposeText.Read(
            """
            services:
              a: {image: a, depends_on: [b]}
              b: {image: b, depends_on: [a]}
              c: {image: c, depends_on: [d]}
              d: {image: d, depends_on: [c]}
            """);

        Assert.Equal(["a → b → a.", "c → d → c."], reading.Problems.Select(problem => problem.What.Split(": ")[1]));
    }

    [Fact]
    public void A_diamond_of_dependencies_is_no_ring() =>
        Assert.Empty(ComposeText.Read(
            "services: {a: {image: a, depends_on: [b, c]}, b: {image: b, depends_on: [d]}, "
            + "c: {image: c, depends_on: [d]}, d: {image: d}}").Problems);

    [Fact]
    public void A_chain_of_thousands_of_dependencies_is_read()
    {
        var services = Enumerable.Range(0, 10_000).Select(i => $"  s{i}: {{image: x, depends_on: [s{i + 1}]}}");

        Assert.Empty(ComposeText.Read($"services:\n{string.Join('\n', services)}\n  s10000: {{image: x}}\n").Problems);
    }

    [Fact]
    public void A_service_of_a_profile_is_left_out_until_the_profile_is_named()
    {
        const string Text = "services: {a: {image: a}, b: {image: b, profiles: [debug, test]}}";

        Assert.Equal(["a"], ComposeText.Read(Text).Project?.Services.Keys);
        Assert.Equal(["a", "b"], ComposeText.Read(Text, ("COMPOSE_PROFILES", "x, test")).Project?.Services.Keys);
        Assert.Equal(["a", "b"], ComposeText.Read(Text, ("COMPOSE_PROFILES", "*")).Project?.Services.Keys);
    }

    [Fact]
    public void A_dependency_on_a_service_whose_profiles_are_off_is_told()
    {
        const string Text = "services: {a: {image: a, depends_on: [b]}, b: {image: b, profiles: [debug]}}";

        Assert.Contains(
            "COMPOSE_PROFILES=debug", ComposeText.Only(ComposeText.Read(Text), "whose profiles are off").Fix,
            StringComparison.Ordinal);
        Assert.Empty(ComposeText.Read(Text, ("COMPOSE_PROFILES", "debug")).Problems);
    }

    [Theory]
    [InlineData("build: .\npull_policy: always", "but the service is built")]
    [InlineData(
        "ports: ['8080:80']\ndeploy: {update_config: {order: start-first}}", "can't share the host port 8080")]
    public void What_can_not_be_had_beside_something_else_is_a_warning(string lines, string what)
    {
        var reading = ComposeText.ReadService(lines);

        Assert.NotNull(reading.Project);
        Assert.Equal(Severity.Warning, ComposeText.Only(reading, what).Severity);
    }

    [Fact]
    public void A_variable_that_is_not_set_is_told_once_and_comes_to_nothing()
    {
        var reading = ComposeText.Read(
            "x-e: &e {A: '[$NONE]'}\nservices: {a: {image: a, environment: *e}, b: {image: b, environment: *e}}");

        Assert.Equal(Severity.Warning, ComposeText.Only(reading, "The variable NONE is not set").Severity);
        Assert.Equal("[]", reading.Project?.Services["b"].Environment["A"]);
    }

    [Fact]
    public void A_required_variable_is_told_with_its_message()
    {
        var problem = ComposeText.Only(
            ComposeText.Read("services: {a: {image: '${TAG:?which one}'}}"), "TAG has to have a value");

        Assert.Equal("which one", problem.Why);
    }

    [Fact]
    public void Variables_stand_in_values_and_never_in_keys()
    {
        var project = ComposeText.Read(
            "services: {a: {image: a, scale: $N, environment: {'$N': x}}}", ("N", "3")).Project;

        Assert.Equal(3, project?.Services["a"].Replicas);
        Assert.Equal(["$N"], project?.Services["a"].Environment.Keys);
    }
}
