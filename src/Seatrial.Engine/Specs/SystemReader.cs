using Seatrial.Engine.Compose;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Specs;

/// <summary>Both files that describe a system, in one pass.</summary>
public static class SystemReader
{
    /// <summary>
    /// Everything that is wrong with the Compose files and with <c>seatrial.yaml</c>: errors in the one do not hide
    /// those in the other. A system without a <c>seatrial.yaml</c> can run, but not be tried.
    /// </summary>
    public static SystemReading Read(ComposeRequest request, IReadOnlyDictionary<string, string> environment)
    {
        var compose = ComposeReader.Read(request, environment);
        if (compose.Draft is not { } project)
        {
            return new SystemReading(null, null, [.. compose.Problems, .. Syntax(request)]);
        }

        var file = Path.Combine(project.Directory, SpecReader.FileName);
        if (!File.Exists(file))
        {
            var missing = new Problem
            {
                Severity = Severity.Warning,
                What = $"There is no {SpecReader.FileName} beside {Path.GetFileName(project.File)}.",
                Where = file,
                At = new SourcePosition(file, 0, 0),
                Why = "The system can be brought up without it, but not be tried.",
                Fix = $"Write {SpecReader.FileName}: docs/seatrial-yaml.md says what belongs there.",
            };
            return new SystemReading(compose.Project, null, [.. compose.Problems, missing]);
        }

        var spec = SpecReader.Read(project, environment);
        return new SystemReading(compose.Project, spec.Spec, [.. compose.Problems, .. spec.Problems]);
    }

    // Where no system can be made out, the other file can still be looked at as YAML.
    private static IReadOnlyList<Problem> Syntax(ComposeRequest request)
    {
        var folder = Directory.Exists(request.Path) ? request.Path : Path.GetDirectoryName(request.Path) ?? "/";
        var file = Path.Combine(folder, SpecReader.FileName);
        var problems = new ProblemList();
        if (File.Exists(file))
        {
            YamlFile.Load(file, problems);
        }

        return problems.Sorted();
    }
}
