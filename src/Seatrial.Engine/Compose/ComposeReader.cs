using Seatrial.Engine.Interpolation;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary>
/// From a Compose file to what it means, in stages that each see the whole tree: load, interpolate, check keys, bring
/// into canonical form, check consistency, leave out what no profile asks for. Several files, <c>extends</c> and
/// <c>include</c> act on trees and belong between interpolation and the check of keys.
/// </summary>
public static class ComposeReader
{
    /// <summary>
    /// Reads a file, or the Compose file of a folder. Bad input ends in problems, never in an exception.
    /// </summary>
    public static ComposeReading Read(string pathToFileOrFolder, IReadOnlyDictionary<string, string> environment)
    {
        var problems = new ProblemList();
        var project = ComposeFiles.Find(pathToFileOrFolder, problems) is { } file
            ? ReadFile(file, environment, problems)
            : null;
        return new ComposeReading(problems.HasErrors ? null : project, problems.Sorted());
    }

    private static ComposeProject? ReadFile(
        string file, IReadOnlyDictionary<string, string> environment, ProblemList problems)
    {
        if (YamlFile.Load(file, problems) is not { } loaded)
        {
            return null;
        }

        var directory = Path.GetDirectoryName(file) ?? "/";
        var variables = Variables.Load(directory, environment, problems);
        var name = ProjectNames.Read(Field.Root(loaded, problems)["name"], directory, variables);
        variables = variables.WithDefault(ProjectNames.Variable, name);

        var root = Field.Root(new Interpolator(variables, problems).Apply(loaded), problems);
        KeyCheck.Check(root, ComposeKeys.File, "Compose");

        var project = ProjectReader.Read(root, name, new ReadingContext(file, directory, variables));
        Consistency.Check(project, problems);
        return Profiles.Choose(project, variables, problems);
    }
}
