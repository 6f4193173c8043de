using Seatrial.Engine.Images;
using Seatrial.Testing;

namespace Seatrial.Engine.Tests.Images;

public sealed class ProjectSourcesTests : IDisposable
{
    private readonly ImageSystem _system = new();

    public ProjectSourcesTests()
    {
        Directory.CreateDirectory(_system.PathOf(".git"));
        _system.Write(
            "app/app.csproj",
            """<Project><ItemGroup><ProjectReference Include="..\lib\lib.csproj" /></ItemGroup></Project>""");
        _system.Write("app/Program.cs", "");
        _system.Write("lib/lib.csproj", "<Project />");
        _system.Write("lib/deep/Code.cs", "");
        _system.Write("other/other.csproj", "<Project />");
    }

    [Fact]
    public void Sources_are_the_project_and_what_it_refers_to() =>
        Assert.Equal(["app/Program.cs", "app/app.csproj", "lib/deep/Code.cs", "lib/lib.csproj"], Sources());

    [Fact]
    public void Build_files_above_count_and_so_does_what_they_refer_to()
    {
        _system.Write("app/Directory.Build.props", """
            <Project>
              <Import Project="$(MSBuildThisFileDirectory)../eng/Shared.props" />
              <Import
                Project="$([MSBuild]::GetPathOfFileAbove('Directory.Build.props', '$(MSBuildThisFileDirectory)../'))" />
              <ItemGroup><ProjectReference Include="$(MSBuildThisFileDirectory)../other/other.csproj" /></ItemGroup>
            </Project>
            """);
        _system.Write("eng/Shared.props", "<Project />");
        _system.Write("Directory.Packages.props", "<Project />");
        _system.Write("global.json", "{}");

        Assert.Equal(
            [
                "Directory.Packages.props", "app/Directory.Build.props", "app/Program.cs", "app/app.csproj",
                "eng/Shared.props",
                "global.json", "lib/deep/Code.cs", "lib/lib.csproj", "other/other.csproj",
            ],
            Sources());
    }

    [Fact]
    public void Linked_files_count_by_name_and_by_pattern()
    {
        _system.Write("shared/a.cs", "");
        _system.Write("one.txt", "");
        _system.Write("lib/lib.csproj", """
            <Project>
              <ItemGroup><Compile Include="../shared/*.cs" /><Content Include="../one.txt" /></ItemGroup>
            </Project>
            """);

        Assert.Superset(new HashSet<string> { "one.txt", "shared/a.cs" }, Sources().ToHashSet());
    }

    [Fact]
    public void What_was_built_or_published_is_no_source()
    {
        _system.Write("app/bin/app.dll", "");
        _system.Write("app/obj/x.cs", "");
        _system.Write("app/published/app.dll", "");

        Assert.DoesNotContain(
            Sources("app/published"),
            file => file.Contains("app.dll", StringComparison.Ordinal)
                || file.Contains("obj", StringComparison.Ordinal));
    }

    [Fact]
    public void Projects_that_refer_to_each_other_end()
    {
        _system.Write(
            "lib/lib.csproj",
            """<Project><ItemGroup><ProjectReference Include="../app/app.csproj" /></ItemGroup></Project>""");

        Assert.Contains("app/Program.cs", Sources());
    }

    [Fact]
    public void A_reference_that_leads_nowhere_or_can_not_be_followed_is_a_problem()
    {
        File.Delete(_system.PathOf("lib/lib.csproj"));
        Assert.Contains(
            "lib.csproj does not exist", Assert.Throws<SeatrialException>(() => Sources()).Message,
            StringComparison.Ordinal);

        _system.Write(
            "app/app.csproj",
            """<Project><ItemGroup><ProjectReference Include="$(Where)/lib.csproj" /></ItemGroup></Project>""");
        Assert.Contains(
            "$(Where)/lib.csproj can't be followed", Assert.Throws<SeatrialException>(() => Sources()).Message,
            StringComparison.Ordinal);
    }

    public void Dispose() => _system.Dispose();

    private IReadOnlyList<string> Sources(params string[] outputs) =>
    [
        .. ProjectSources.Of(_system.PathOf("app/app.csproj"), [.. outputs.Select(_system.PathOf)])
            .Select(file => Path.GetRelativePath(_system.Folder, file)),
    ];
}
