using Seatrial.Engine.Compose;
using Seatrial.Engine.Interpolation;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Specs;

/// <summary>From <c>seatrial.yaml</c> beside a Compose file to what it means for that system.</summary>
public static class SpecReader
{
    /// <summary>The file's name.</summary>
    public const string FileName = "seatrial.yaml";

    /// <summary>Reads it and checks it against the system. Bad input ends in problems, never in an exception.</summary>
    public static SpecReading Read(ComposeProject project, IReadOnlyDictionary<string, string> environment)
    {
        var problems = new ProblemList();
        var file = Path.Combine(project.Directory, FileName);
        var spec = File.Exists(file)
            ? ReadFile(file, project, environment, problems)
            : TellMissing(file, project, problems);
        return new SpecReading(problems.HasErrors ? null : spec, problems.Sorted());
    }

    /// <summary>
    /// What it says of images, which a system that is only to be brought up may do without: none, where there is no
    /// file. One that is there has to be right as a whole.
    /// </summary>
    public static (ImageSpec? Spec, IReadOnlyList<Problem> Problems) ReadImages(
        ComposeProject project, IReadOnlyDictionary<string, string> environment)
    {
        var file = Path.Combine(project.Directory, FileName);
        if (!File.Exists(file))
        {
            return (new ImageSpec { File = file }, []);
        }

        var (spec, problems) = Read(project, environment);
        return (spec?.Images, problems);
    }

    private static SystemSpec? ReadFile(
        string file, ComposeProject project, IReadOnlyDictionary<string, string> environment, ProblemList problems)
    {
        if (YamlFile.Load(file, problems) is not { } loaded)
        {
            return null;
        }

        // The Compose file's reading has told what is wrong with .env.
        var variables = Variables.Load(project.Directory, environment, new ProblemList())
            .WithDefault(ProjectNames.Variable, project.Name);
        var root = Field.Root(new Interpolator(variables, problems).Apply(loaded), problems);
        KeyCheck.Check(root, SpecKeys.File, FileName);

        var context = new ReadingContext(file, project.Directory, variables);
        var publish = PublishReader.Read(root["publish"], context);
        var copies = CopyReader.Read(root["copy"], context);
        var bases = BaseImageReader.Read(root["bases"], context);
        var mapping = MappingReader.Read(root["records"]);
        var database = DatabaseReader.Read(root["database"], project);
        var workload = WorkloadReader.Read(root["workload"], mapping, context);
        root["suites"].WrongKindUnlessMap();
        var distributed = DistributedReader.Read(root["suites"]["distributed"], mapping, project);
        var faults = FaultsReader.Read(root["suites"]["faults"], mapping);
        var performance = PerformanceReader.Read(root["suites"]["performance"], mapping, project, context);
        var integration = IntegrationReader.Read(root["suites"]["integration"], project);
        return mapping is null || workload is null ? null : new SystemSpec
        {
            Images = new ImageSpec { File = file, Publish = publish, Copies = copies, Bases = bases },
            Database = database,
            Mapping = mapping,
            Workload = workload,
            Distributed = distributed,
            Faults = faults,
            Performance = performance,
            Integration = integration,
        };
    }

    private static SystemSpec? TellMissing(string file, ComposeProject project, ProblemList problems)
    {
        problems.AddOfFile(
            file, Severity.Error,
            $"There is no {FileName} beside {Path.GetFileName(project.File)}.",
            $"Write {FileName}; the least that it says is: records: {{stages: [QUEUE]}} and, on a line of its own, "
            + "workload: {file: RECORDS.csv, key: COLUMN}.",
            "It says what Compose can't: where the records are, and what load the system is tried with.");
        return null;
    }
}
