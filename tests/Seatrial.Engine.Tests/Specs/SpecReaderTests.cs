using Seatrial.Engine.Recovery;
using Seatrial.Engine.Specs;
using Seatrial.Engine.Tests.Compose;

namespace Seatrial.Engine.Tests.Specs;

public sealed class SpecReaderTests
{
    [Fact]
    public void The_least_file_takes_Workers_tables_and_the_first_stage()
    {
        using var folder = SpecText.Folder(SpecText.Least);

        var spec = folder.Spec();

        Assert.Equal(Path.Combine(folder.Path, "seatrial.yaml"), spec.Images.File);
        Assert.Equal([new RecordKind(Path.Combine(folder.Path, "load.csv"), "id", "")], spec.Workload.Kinds);
        Assert.Equal(("take", BuiltInMapping.InsertSql, 500, null), (
            spec.Workload.Queue, spec.Workload.InsertSql, spec.Workload.BatchSize, spec.Workload.Rate));
        Assert.Equal(TimeSpan.FromMinutes(5), spec.Workload.DrainWithin);
        Assert.Equal(["take", "give"], spec.Mapping.Stages);
        Assert.Equal("seatrial.records", spec.Mapping.Queue.Table);
        Assert.Equal(new DatabaseSpec(), spec.Database);
        Assert.Empty(spec.Images.Publish);
        Assert.Empty(spec.Images.Bases);
        Assert.Empty(spec.Distributed.Faults);
        Assert.Empty(spec.Distributed.Replicas);
        Assert.Equal(0.2, spec.Distributed.LeastShare);
    }

    [Fact]
    public void Everything_that_is_written_is_read()
    {
        using var folder = SpecText.Folder(
            """
            publish:
              - {project: a.csproj, output: out/a, runtime: out/dotnet}
            bases:
              base/image: {context: base, dockerfile: ../File, args: {A: 1}}
            database: {service: other, port: 5433, name: "n", user: u, password: 1234}
            records: {stages: [take, give]}
            workload:
              file: load.csv
              key: age
              key_prefix: "k:"
              queue: give
              batch_size: 7
              rate: 100
              drain_within: 90s
            suites:
              distributed:
                replicas: {take: 3}
                least_share: 12.5%
                faults:
                  - {kill: take, at: 33%}
                  - {pause-past-lease: other, at: 100%, queue: give}
            """);

        var spec = folder.Spec();

        Assert.Equal(
            [new PublishSpec(At("a.csproj"), At("out/a"), At("out/dotnet"))], spec.Images.Publish);
        var image = Assert.Single(spec.Images.Bases);
        Assert.Equal(
            ("base/image", At("base"), At("File")), (image.Image, image.Build.Context, image.Build.Dockerfile));
        Assert.Equal(
            new DatabaseSpec { Service = "other", Port = 5433, Name = "n", User = "u", Password = "1234" },
            spec.Database);
        Assert.Equal([new RecordKind(At("load.csv"), "age", "k:")], spec.Workload.Kinds);
        Assert.Equal(
            ("give", 7, 100), (spec.Workload.Queue, spec.Workload.BatchSize, spec.Workload.Rate));
        Assert.Equal(TimeSpan.FromSeconds(90), spec.Workload.DrainWithin);
        Assert.Equal(3, spec.Distributed.Replicas["take"]);
        Assert.Equal(0.125, spec.Distributed.LeastShare);
        Assert.Equal(
            [
                ("kill", "take", "take", new FaultTrigger.Part(0.33)),
                ("pause-past-lease", "other", "give", new FaultTrigger.Part(1)),
            ],
            spec.Distributed.Faults.Select(fault => (fault.Kind, fault.Service, fault.Queue, fault.At)));

        string At(string path) => Path.Combine(folder.Path, path);
    }

    [Fact]
    public void A_fault_on_a_service_that_is_no_stage_waits_for_the_first_one()
    {
        var fault = Assert.Single(
            SpecText.Spec(SpecText.Least + "suites: {distributed: {faults: [{kill: db, at: 0%}]}}").Distributed.Faults);

        Assert.Equal(("take", new FaultTrigger.Part(0)), (fault.Queue, fault.At));
        Assert.EndsWith("seatrial.yaml:3:33", fault.Position.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_says_whom_how_long_how_strong_and_from_whom()
    {
        var faults = SpecText.Spec(SpecText.Least + """
            suites:
              distributed:
                faults:
                  - {packet-loss: {minority_of: take}, at: 1%, for: 3s, by: 20%, from: db}
                  - {pause: {holder_of: 17}, at: 2%}
                  - {kill: {last_to_claim: take}, at: 3%}
                  - {slow-link: {all_of: take}, at: 4%, by: 1k}
            """).Distributed.Faults;

        Assert.Equal(
            ["a minority of take", "the holder of record 17", "the last to claim from take", "all of take"],
            faults.Select(fault => $"{fault.Target}"));
        Assert.Equal(
            (TimeSpan.FromSeconds(3), 0.2, "db", "take"),
            (faults[0].For, faults[0].By, faults[0].From, faults[0].Queue));
        Assert.Equal((null, null, 1024.0), (faults[1].Service, faults[1].For, faults[3].By));
    }

    [Fact]
    public void The_fault_suites_budgets_take_the_usual_ones_places()
    {
        var faults = SpecText.Spec(SpecText.Least + """
            suites:
              faults:
                rate: 40
                hold: 1s
                only: [pause, kill, stop]
                except: [stop]
                budgets: {ttr: 7s, reclaim: lease, waste: 1.5 %, kill: {ttr: lease + 500ms}}
            """).Faults;

        Assert.Equal((40, TimeSpan.FromSeconds(1)), (faults.Rate, faults.Hold));
        Assert.Equal(["kill", "pause"], faults.Kinds);
        Assert.Equal(
            ["ttd lease + 2 s ", "drain 30 s ", "lock_held 10 s ", "cpu 0.25 cores ", "ttr 7 s asked", "reclaim lease asked",
                "waste 1.5 % asked", "ttr of kill lease + 0.5 s asked"],
            faults.Budgets.Select(budget => Measures.Key(budget.Measure)
                + (budget.Fault is null ? "" : $" of {budget.Fault}") + $" {budget.Text()} "
                + (budget.Asked ? "asked" : "")));
    }

    [Fact]
    public void Variables_come_from_the_environment_and_from_dot_env()
    {
        using var folder = SpecText.Folder(
            SpecText.Least + "database: {name: '${A}', user: '${B}', password: '${C:-c}'}");
        folder.With(".env", "A=file\nB=file\n").Environment["B"] = "process";

        var database = folder.Spec().Database;

        Assert.Equal(("file", "process", "c"), (database.Name, database.User, database.Password));
    }

    [Fact]
    public void A_missing_file_is_told_with_what_to_write()
    {
        using var folder = new SystemFolder().With("compose.yaml", "services: {db: {image: db}}");

        var reading = folder.ReadSpec();

        Assert.Null(reading.Spec);
        var problem = Assert.Single(reading.Problems);
        Assert.Equal("There is no seatrial.yaml beside compose.yaml.", problem.What);
        Assert.Contains("records: {stages: [QUEUE]}", problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_missing_file_is_told_to_say_is_a_file_that_can_be_read()
    {
        var spec = SpecText.Spec("records: {stages: [QUEUE]}\nworkload: {file: load.csv, key: id}\n");

        Assert.Equal("QUEUE", spec.Workload.Queue);
    }

    [Theory]
    [InlineData("workload: {file: load.csv, key: id}", "records.stages is missing")]
    [InlineData("records: {}\nworkload: {file: load.csv, key: id}", "records.stages is missing")]
    [InlineData("records: {stages: []}\nworkload: {file: load.csv, key: id}", "records.stages has no queue")]
    [InlineData("records: {stages: [a, a]}\nworkload: {file: load.csv, key: id}", "records.stages has no queue, a blank one, or one twice")]
    [InlineData("records: {stages: [take]}", "workload is missing")]
    [InlineData("records: {stages: [take]}\nworkload: {key: id}", "workload has no file")]
    [InlineData("records: {stages: [take]}\nworkload: {file: load.csv}", "workload has no key")]
    [InlineData("records: {stages: [take]}\nworkload: {file: none.csv, key: id}", "none.csv, which is no CSV file with records")]
    [InlineData("records: {stages: [take]}\nworkload: {file: load.csv, key: nmae}", "the column \"nmae\", which load.csv does not have")]
    [InlineData("records: {stages: [take]}\nworkload: {file: load.csv, key: id, queue: give}", "the queue give, which is no stage")]
    [InlineData("records: {stages: [take]}\nworkload: {file: load.csv, key: id, batch_size: 0}", "workload.batch_size is 0")]
    [InlineData("records: {stages: [take]}\nworkload: {file: load.csv, key: id, rate: 0}", "workload.rate is 0")]
    [InlineData("records: {stages: [take]}\nworkload: {file: load.csv, key: id, drain_within: 0s}", "workload.drain_within is no time")]
    [InlineData("records: {stages: [take]}\nworkload: {file: load.csv, key: id, insert: select 1}", "does not use @queue, @keys, @payloads")]
    [InlineData("records: {stages: [take]}\nworkload: {mix: []}", "workload.mix has no kind of record")]
    [InlineData("records: {stages: [take]}\nworkload: {key: id, mix: [{file: load.csv, key: id}]}", "workload.key stands beside mix")]
    [InlineData("records: {stages: [take]}\nworkload: {mix: [{file: load.csv}]}", "workload.mix[0] has no key")]
    [InlineData("records: {stages: [take]}\nworkload: {mix: [{file: load.csv, key: nmae}]}", "workload.mix[0].key names the column \"nmae\"")]
    [InlineData("records: {stages: [take]}\nworkload: {mix: [{file: load.csv, key: id, weight: 0}]}", "workload.mix[0].weight is 0")]
    [InlineData("records: {stages: [take]}\nworkload: {mix: [{file: load.csv, key: id}, {file: load.csv, key: id}]}", "workload.mix[1].key_prefix is \"\", as that of another kind")]
    [InlineData("records: {stages: [take]}\nworkload: {mix: {file: load.csv}}", "workload.mix is a mapping, where a list belongs")]
    [InlineData("records: {stages: [take]}\nworkload: [a]", "workload is a list, where a mapping belongs")]
    public void What_has_to_be_there_is_told_when_it_is_not(string text, string what) => SpecText.Only(text, what);

    [Theory]
    [InlineData("publish: [{project: b.csproj, output: o}]", "b.csproj, which is not there")]
    [InlineData("publish: [{project: a.csproj}]", "publish[0] has no output")]
    [InlineData("publish: [{output: o}]", "publish[0] has no project")]
    [InlineData("publish: [{project: a.csproj, output: o}, {project: a.csproj, output: ./o/}]", "is the output of publish[0] as well")]
    [InlineData("publish: {project: a.csproj}", "publish is a mapping, where a list belongs")]
    [InlineData("copy: [{to: o}]", "copy[0] has no from")]
    [InlineData("copy: [{from: a}]", "copy[0] has no to")]
    [InlineData("bases: {x: {contxt: .}}", "bases.x.contxt is not a key of seatrial.yaml")]
    [InlineData("database: {service: dbb}", "database.service names the service dbb, which compose.yaml does not have")]
    [InlineData("database: {port: 0}", "database.port is 0")]
    [InlineData("database: db", "database is the text \"db\", where a mapping belongs")]
    [InlineData("databse: {}", "databse is not a key of seatrial.yaml")]
    [InlineData("suites: {distributd: {}}", "suites.distributd is not a key")]
    [InlineData("suites: {distributed: {replicas: {nobody: 2}}}", "replicas.nobody names the service nobody")]
    [InlineData("suites: {distributed: {replicas: {take: 0}}}", "replicas.take is 0")]
    [InlineData("suites: {distributed: {replicas: {give: 2}}}", "asks for 2 containers of a service whose container_name is one")]
    [InlineData("suites: {distributed: {least_share: 0.2}}", "least_share is the number 0.2, where a percentage")]
    [InlineData("suites: {distributed: {least_share: 101%}}", "least_share is the text \"101%\"")]
    [InlineData("suites: {performance: {entrance: lb}}", "suites.performance.entrance is lb, not a service and a port")]
    [InlineData("suites: {performance: {search: {objectives: [backlog.max < 9]}}}", "backlog is not measured here")]
    [InlineData("suites: {performance: {search: {objectives: [throughput > 9/s]}}}", "throughput is not measured here")]
    [InlineData("suites: {performance: {entrance: 'gve:80'}}", "entrance names the service gve, which compose.yaml does not")]
    [InlineData("suites: {faults: []}", "suites.faults is a list, where a mapping belongs")]
    [InlineData("suites: {faults: {rate: 0}}", "suites.faults.rate is 0, which is out of bounds")]
    [InlineData("suites: {faults: {hold: 0s}}", "suites.faults.hold is no time at all")]
    [InlineData("suites: {faults: {only: [kil]}}", "suites.faults.only[0] names the fault kil, which there is not")]
    [InlineData("suites: {faults: {only: [kill], except: [kill]}}", "suites.faults.except leaves no fault to be tried")]
    [InlineData("suites: {faults: {budgets: {waste: 2s}}}", "budgets.waste is the text \"2s\", where a percentage")]
    [InlineData("suites: {faults: {budgets: {ttr: lease - 2s}}}", "budgets.ttr is the text \"lease - 2s\", where a duration")]
    [InlineData("suites: {faults: {budgets: {kill: 2s}}}", "budgets.kill is the text \"2s\", where a mapping belongs")]
    [InlineData("suites: {performance: {load: [{phase: a}]}}", "suites.performance.load[0] says no rate")]
    [InlineData("suites: {performance: {load: [{constant: 1, ramp: [1, 2], for: 1s}]}}", "load[0] says constant and ramp")]
    [InlineData("suites: {performance: {load: [{constant: 1}]}}", "load[0].for is missing")]
    [InlineData("suites: {performance: {load: [{constant: 0, for: 1s}]}}", "load[0].constant is no rate")]
    [InlineData("suites: {performance: {load: [{ramp: 5, for: 1s}]}}", "load[0].ramp is no rate")]
    [InlineData("suites: {performance: {load: [{sine: [1, 2], for: 1s}]}}", "load[0].every is missing")]
    [InlineData("suites: {performance: {load: [{replay: nowhere}]}}", "load[0].replay names")]
    [InlineData("suites: {performance: {load: [{constant: 1, for: 1s}, {constant: 1, for: 1s}]}}", "load[1].phase is steady, which is the name of another")]
    [InlineData("suites: {performance: {thresholds: [latency.p99 < 5]}}", "thresholds[0] is no threshold, from its character 16 on: The number has no unit")]
    [InlineData("suites: {performance: {thresholds: ['run.p99{stage:tke} < 5s']}}", "from its character 15 on: There is no stage tke")]
    [InlineData("suites: {performance: {search: {trial: 0s}}}", "search.trial is no time at all")]
    [InlineData("suites: {performance: {search: {trials: -1}}}", "search.trials is -1, which is out of bounds")]
    [InlineData("suites: {faults: {budgets: {kill: {ttr: 2}}}}", "budgets.kill.ttr is the number 2, where a duration")]
    [InlineData("suites: {distributed: {faults: {}}}", "faults is a mapping, where a list belongs")]
    [InlineData("suites: {distributed: {faults: [kill]}}", "faults[0] is the text \"kill\", where a fault belongs")]
    [InlineData("suites: {distributed: {faults: [{kill: take}]}}", "faults[0] does not say when")]
    [InlineData("suites: {distributed: {faults: [{kill: take, at: 33}]}}", "faults[0].at is the number 33, where an instant")]
    [InlineData("suites: {distributed: {faults: [{kill: take, at: -1%}]}}", "faults[0].at is the text \"-1%\"")]
    [InlineData("suites: {distributed: {faults: [{kill: nobody, at: 1%}]}}", "faults[0].kill names the service nobody")]
    [InlineData("suites: {distributed: {faults: [{kill: take, at: 1%, queue: x}]}}", "faults[0].queue names the queue x")]
    [InlineData("suites: {distributed: {faults: [{at: 1%}]}}", "faults[0] says nothing that is to happen")]
    [InlineData("suites: {distributed: {faults: [{kill: take, pause-past-lease: take, at: 1%}]}}", "asks for kill and pause-past-lease")]
    [InlineData("suites: {distributed: {faults: [{kill: {}, at: 1%}]}}", "faults[0].kill names no target")]
    [InlineData("suites: {distributed: {faults: [{kill: {one_of: take, all_of: take}, at: 1%}]}}", "faults[0].kill names more than one")]
    [InlineData("suites: {distributed: {faults: [{kill: {all_of: nobody}, at: 1%}]}}", "names the service nobody")]
    [InlineData("suites: {distributed: {faults: [{kill: {last_to_claim: x}, at: 1%}]}}", "names the queue x")]
    [InlineData("suites: {distributed: {faults: [{kill: take, at: 1%, for: 1s}]}}", "for has no meaning for kill")]
    [InlineData("suites: {distributed: {faults: [{pause: take, at: 1%, by: 1s}]}}", "by has no meaning for pause")]
    [InlineData("suites: {distributed: {faults: [{packet-loss: take, at: 1%, by: 3}]}}", "by is the number 3, where a percentage")]
    [InlineData("suites: {distributed: {faults: [{packet-loss: take, at: 1%, by: 0%}]}}", "by is nothing")]
    [InlineData("suites: {distributed: {faults: [{pause: take, at: 1%, from: db}]}}", "from has no meaning for pause")]
    [InlineData("suites: {distributed: {faults: [{partition: take, at: 1%, from: nobody}]}}", "from names the service nobody")]
    [InlineData("suites: 5", "suites is the number 5, where a mapping belongs")]
    public void What_is_wrong_is_told(string lines, string what) => SpecText.Only(SpecText.Least + lines, what);

    [Fact]
    public void A_mistyped_fault_is_told_what_was_meant()
    {
        var problems = SpecText.Read(
            SpecText.Least + "suites: {distributed: {faults: [{kil: take, at: 1%}]}}").Problems;

        Assert.Contains(problems, problem => problem.Fix.StartsWith("Did you mean kill?", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_is_no_YAML_is_told_with_its_place() =>
        Assert.EndsWith(
            "seatrial.yaml:1:11", SpecText.Only("records: a: b", "is not valid YAML").Where, StringComparison.Ordinal);

    [Fact]
    public void All_problems_are_told_at_once()
    {
        var reading = SpecText.Read(
            "publish: 5\nrecords: {}\nworkload: {}\ndatabase: {service: x}\n"
            + "suites: {distributed: {replicas: {x: 0}}}\n");

        Assert.Null(reading.Spec);
        Assert.Equal(
            ["1", "2", "3", "3", "4", "5", "5"], reading.Problems.Select(problem => problem.Where.Split(':')[1]));
    }
}
