using Seatrial.Engine.Images;
using Seatrial.Testing;

namespace Seatrial.Engine.Tests.Images;

public sealed class ImagePlanTests : IDisposable
{
    private readonly ImageSystem _system = new();

    [Fact]
    public void Images_come_after_those_that_they_stand_on_and_foreign_ones_are_told_apart()
    {
        _system.With("web", "team/web", "FROM team/base\nCOPY --from=tools:2 /a /a")
            .WithBase("team/base", "base", "FROM debian:bookworm-slim")
            .WithForeign("cache", "redis:7");

        var plan = Plan();

        Assert.Equal(["team/base:latest", "team/web:latest"], plan.Built.Keys);
        Assert.Equal(["debian:bookworm-slim", "tools:2", "redis:7"], plan.Foreign);
        Assert.Equal("team/web:latest", plan.Services["web"]);
        Assert.Equal("redis:7", plan.Services["cache"]);
    }

    [Fact]
    public void A_service_without_an_image_name_is_named_as_Compose_names_it()
    {
        _system.With("web", image: null, "FROM debian");

        Assert.Equal("tiny-web:latest", Plan().Services["web"]);
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        _system.With("a", "one", "FROM two")
            .With("b", "two", "FROM one")
            .With("c", "three", "")
            .With("d", "four", "FROM debian");
        File.Delete(_system.PathOf("c/Dockerfile"));
        _system.With("e", "four", "FROM debian");

        var problems = Assert.Throws<SeatrialException>(Plan).Problems;

        Assert.Collection(
            problems,
            problem => Assert.Contains("three:latest has no Dockerfile", problem.What, StringComparison.Ordinal),
            problem => Assert.Contains("four:latest is built in two ways", problem.What, StringComparison.Ordinal),
            problem => Assert.Contains("one:latest → two:latest → one:latest", problem.What, StringComparison.Ordinal));
        Assert.EndsWith("compose.yaml:3:5", problems[0].Where, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_services_may_share_one_build()
    {
        _system.With("a", "one", "FROM debian");
        var project = _system.Project;
        var services = project.Services.ToDictionary();
        services["b"] = services["a"] with { Name = "b" };

        var plan = ImagePlan.From(project with { Services = services }, _system.Spec);

        Assert.Equal(["a", "b"], Assert.Single(plan.Built).Value.Services);
    }

    [Fact]
    public void A_missing_context_is_a_problem_unless_publishing_will_make_it()
    {
        _system.With("web", "web", "FROM debian");
        var project = _system.Project;
        var services = project.Services.ToDictionary();
        services["web"] =
            services["web"] with { Build = services["web"].Build! with { Context = _system.PathOf("out") } };
        project = project with { Services = services };

        var problem = Assert.Single(
            Assert.Throws<SeatrialException>(() => ImagePlan.From(project, _system.Spec)).Problems);
        Assert.Contains("no build context", problem.What, StringComparison.Ordinal);

        _system.WithPublish("web.csproj", "out", runtime: null);
        Assert.Single(ImagePlan.From(project, _system.Spec).Built);
    }

    public void Dispose() => _system.Dispose();

    private ImagePlan Plan() => ImagePlan.From(_system.Project, _system.Spec);
}
