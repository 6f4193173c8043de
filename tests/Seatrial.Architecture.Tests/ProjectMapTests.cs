using Seatrial.Testing;

namespace Seatrial.Architecture.Tests;

public sealed class ProjectMapTests
{
    [Fact]
    public void Every_project_in_src_is_on_the_map() =>
        Offences.None(Projects("src").Select(project => project.Name).Except(ProjectMap.Allowed.Keys));

    [Fact]
    public void Projects_reference_only_what_the_map_allows() =>
        Offences.None(Projects("src").SelectMany(project => project.Forbidden(ProjectMap.Allowed[project.Name])));

    [Fact]
    public void Flows_reference_Worker() =>
        Offences.None(Projects("flows").SelectMany(project => project.Forbidden(ProjectMap.AllowedForFlows)));

    [Fact]
    public void Flows_name_nothing_of_Wire() =>
        Offences.None(
            from file in SourceFile.All("flows")
            where file.Text.Contains("Seatrial.Wire", StringComparison.Ordinal)
            select file.Path);

    [Fact]
    public void The_map_has_no_ring()
    {
        var order = new List<string>();
        while (order.Count < ProjectMap.Allowed.Count)
        {
            var next = ProjectMap.Allowed
                .FirstOrDefault(entry => !order.Contains(entry.Key) && entry.Value.All(order.Contains)).Key;
            Assert.True(
                next is not null, $"These are in a ring: {string.Join(", ", ProjectMap.Allowed.Keys.Except(order))}.");
            order.Add(next);
        }
    }

    [Fact]
    public void A_reference_that_the_map_does_not_have_is_found()
    {
        var project = ProjectFile.Parse(
            "Seatrial.Engine",
            """<Project><ProjectReference Include="..\Seatrial.Docker\Seatrial.Docker.csproj" /></Project>""");

        Assert.Equal(["Seatrial.Engine → Seatrial.Docker"], project.Forbidden(ProjectMap.Allowed["Seatrial.Engine"]));
    }

    private static List<ProjectFile> Projects(string folder)
    {
        List<ProjectFile> projects =
        [
            .. Directory.GetFiles(Repository.PathOf(folder), "*.csproj", SearchOption.AllDirectories)
                .Select(ProjectFile.Read),
        ];
        Assert.NotEmpty(projects);
        var shared = ProjectFile.Read(Repository.PathOf($"{folder}/Directory.Build.props"));
        return [.. projects.Select(
            project => project with { References = [.. project.References, .. shared.References] })];
    }
}
