using Seatrial.Engine.Compose.Loading;
using Seatrial.Engine.Interpolation;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary>
/// From Compose files to what they mean, in stages that each see the whole tree: load (with variables, <c>include</c>,
/// <c>extends</c> and the files' order), check keys, bring into canonical form, check consistency, leave out what no
/// profile asks for.
/// </summary>
public static class ComposeReader
{
    /// <summary>
    /// Reads a file, or the Compose files of a folder. Bad input ends in problems, never in an exception.
    /// </summary>
    public static ComposeReading Read(string pathToFileOrFolder, IReadOnlyDictionary<string, string> environment) =>
        Read(new ComposeRequest { Path = pathToFileOrFolder }, environment);

    /// <summary>Reads what the request names.</summary>
    public static ComposeReading Read(ComposeRequest request, IReadOnlyDictionary<string, string> environment)
    {
        var problems = new ProblemList();
        var (project, tree) = ComposeFiles.Find(request, environment, problems) is { } files
            ? ReadFiles(files, request, environment, problems)
            : (null, null);
        return new ComposeReading(problems.HasErrors ? null : project, problems.Sorted())
        {
            Tree = tree,
            Draft = project,
        };
    }

    private static (ComposeProject? Project, YamlNode.Map? Tree) ReadFiles(
        ComposeFiles files,
        ComposeRequest request,
        IReadOnlyDictionary<string, string> environment,
        ProblemList problems)
    {
        var variables = request.EnvFiles.Count > 0
            ? Variables.Of(environment).With(request.EnvFiles, mustExist: true, problems)
            : Variables.Load(files.Directory, environment, problems);
        var loader = new ModelLoader(problems);
        var written = files.Files.SelectMany(file => loader.Written(file) ?? []).ToList();
        if (written.Count is 0)
        {
            return (null, null);
        }

        var named = written
            .Select(document => Field.Root(document, problems)["name"])
            .LastOrDefault(name => name.Given);
        var name = ProjectNames.Read(request.ProjectName, named, files.Directory, variables);
        variables = variables.WithDefault(ProjectNames.Variable, name);
        if (loader.Load(files.Files, new FileScope(files.Directory, variables), []) is not { } loaded)
        {
            return (null, null);
        }

        var root = Field.Root(loaded, problems);
        KeyCheck.Check(root, ComposeKeys.File, "Compose");

        var context = new ReadingContext(files.Files[0], files.Directory, variables) { Scopes = loader.Scopes };
        var project = ProjectReader.Read(root, name, context) with { Files = files.Files };
        Consistency.Check(project, problems);
        return (Profiles.Choose(project, request, variables, problems), loaded);
    }
}
