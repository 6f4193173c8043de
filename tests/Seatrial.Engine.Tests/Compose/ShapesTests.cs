using System.Text;
using Seatrial.Engine.Compose;
using Seatrial.Testing;

namespace Seatrial.Engine.Tests.Compose;

public sealed class ShapesTests
{
    public static TheoryData<string> Names => [.. ComposeShapes.Names];

    [Fact]
    public void Files_as_projects_have_them_are_read_or_refused_with_reasons()
    {
        var told = new StringBuilder();
        foreach (var name in ComposeShapes.Names)
        {
            using var folder = Folder(name);
            var reading = folder.Read();
            var problems = string.Concat(reading.Problems.Select(problem => $"{problem}\n"))
                .Replace(folder.Path + "/", "", StringComparison.Ordinal);
            var services = reading.Project is { } project ? string.Join(' ', project.Services.Keys) : "refused";
            told.Append($"=== {name}: {services}\n{problems}");
        }

        Assert.InRange(ComposeShapes.Names.Count, 15, int.MaxValue);
        Assert.Equal(Golden.Expected("shapes.golden.txt", told.ToString()), told.ToString());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_printed_of_them_is_read_again_as_the_same(string name)
    {
        using var folder = Folder(name);
        var reading = folder.Read();
        if (reading.Project is not { } project)
        {
            return;
        }

        foreach (var asJson in new[] { false, true })
        {
            folder.With("again.yaml", reading.Canonical(asJson) ?? "");
            var again = ComposeReader.Read(Path.Combine(folder.Path, "again.yaml"), folder.Environment);

            Assert.True(again.Project is not null, string.Join('\n', again.Problems));
            Assert.Equal(ModelText.Of(project), ModelText.Of(again.Project));
            Assert.Equal(reading.Canonical(asJson), again.Canonical(asJson));
        }
    }

    private static SystemFolder Folder(string name)
    {
        var folder = new SystemFolder().With("compose.yaml", "name: shape\n" + ComposeShapes.Text(name))
            .With("db_password.txt", "secret");
        folder.Environment["HOME"] = "/home/me";
        folder.Environment["GITLAB_HOME"] = "/srv/gitlab";
        folder.Environment["GRAFANA_ADMIN"] = "secret";
        folder.Environment["RABBIT_USER"] = "rabbit";
        return folder;
    }
}
