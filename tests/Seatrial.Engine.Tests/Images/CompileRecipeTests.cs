using Seatrial.Engine.Images;
using Seatrial.Testing;

namespace Seatrial.Engine.Tests.Images;

[Collection(nameof(ChildProcess))]
public sealed class CompileRecipeTests : IAsyncLifetime
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType><ImplicitUsings>enable</ImplicitUsings>
          </PropertyGroup>
        </Project>
        """;

    private readonly ImageSystem _system = new();
    private readonly DotnetRuntime _runtime = DotnetRuntime.OfThisProcess();
    private readonly WarmCompiler _compiler;

    public CompileRecipeTests()
    {
        _compiler = new WarmCompiler(_system.PathOf(".seatrial"), _runtime);
        _system.WithPublish("app/app.csproj", "out", runtime: null);
        _system.Write("app/app.csproj", Project);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (WarmCompiler.MayRun(_system.PathOf(".seatrial")))
        {
            await _compiler.EndAsync(CancellationToken.None);
        }

        _system.Dispose();
    }

    [Fact]
    public async Task A_change_of_sources_alone_is_compiled_to_the_very_bytes_of_a_full_publish()
    {
        var code = _system.Write("app/Program.cs", "Console.WriteLine(1);");
        Assert.False(await EnsureAsync());
        File.WriteAllText(code, "Console.WriteLine(\"another\");");

        Assert.True(await EnsureAsync());

        var compiled = Output();
        Directory.Delete(_system.PathOf("out"), recursive: true);
        Directory.Delete(_system.PathOf(".seatrial/artifacts"), recursive: true);
        Assert.False(await EnsureAsync());
        Assert.Equal(["app", "app.deps.json", "app.dll", "app.pdb", "app.runtimeconfig.json"], compiled.Keys.Order());
        Assert.Equal(compiled, Output());
    }

    [Fact]
    public async Task Mistakes_are_told_and_what_worked_stays()
    {
        var code = _system.Write("app/Program.cs", "Console.WriteLine(1);");
        await EnsureAsync();
        var before = Output();
        File.WriteAllText(code, "nonsense");

        var thrown = await Assert.ThrowsAsync<SeatrialException>(() => EnsureAsync());

        Assert.Equal(ExitCode.Usage, thrown.ExitCode);
        Assert.Contains(thrown.Problems[0].Output, line => line.Contains("Program.cs(1,", StringComparison.Ordinal));
        Assert.Equal(before, Output());
        File.WriteAllText(code, "Console.WriteLine(2);");
        Assert.True(await EnsureAsync());
        Assert.NotEqual(before, Output());
    }

    [Fact]
    public async Task Whatever_else_changed_is_published_in_full()
    {
        var code = _system.Write("app/Program.cs", "Console.WriteLine(1);");
        await EnsureAsync();

        _system.Write("app/More.cs", "internal sealed class More;");
        Assert.False(await EnsureAsync());

        _system.Write("app/app.csproj", Project.Replace("</PropertyGroup>", "<Nullable>enable</Nullable></PropertyGroup>"));
        File.WriteAllText(code, "Console.WriteLine(2);");
        Assert.False(await EnsureAsync());

        File.Delete(_system.PathOf("out/app.pdb"));
        File.WriteAllText(code, "Console.WriteLine(3);");
        Assert.False(await EnsureAsync());
    }

    [Fact]
    public async Task A_project_with_steps_of_its_own_is_always_published_in_full()
    {
        var code = _system.Write("app/Program.cs", "Console.WriteLine(1);");
        _system.Write("app/app.csproj", Project.Replace(
            "</Project>",
            "<Target Name=\"Own\" AfterTargets=\"Publish\"><Copy SourceFiles=\"Program.cs\" DestinationFolder=\"$(PublishDir)\" /></Target></Project>"));
        await EnsureAsync();
        File.WriteAllText(code, "Console.WriteLine(2);");

        Assert.False(await EnsureAsync());

        Assert.Equal("Console.WriteLine(2);", File.ReadAllText(_system.PathOf("out/Program.cs")));
    }

    [Theory]
    [InlineData("Program.cs", null, "/app/Program.cs")]
    [InlineData("/src/Program.cs", null, "/src/Program.cs")]
    [InlineData("\"with space.cs\"", null, "/app/with space.cs")]
    [InlineData("/out:bin/app.dll", "out", "/app/bin/app.dll")]
    [InlineData("/reference:own=/lib/a.dll", "reference", "/lib/a.dll")]
    [InlineData("/resource:peers.csv,peers", "resource", "/app/peers.csv")]
    [InlineData("/optimize+", "optimize+", "")]
    public void An_argument_is_an_option_or_a_source(string argument, string? option, string path) =>
        Assert.Equal((option, path), CompileRecipes.Split(argument, "/app"));

    /// <summary>Whether compiling was enough.</summary>
    private async Task<bool> EnsureAsync()
    {
        var store = new ImageStore(_system.PathOf(".seatrial"), TimeProvider.System);
        var step = new PublishStep(
            store, store.LoadHashes(), _runtime, _system.Folder, _compiler);
        var decision = Assert.Single(step.Decide(_system.Spec.Publish));
        Assert.NotEmpty(decision.Reasons);
        await step.PublishAsync(decision, _ => { }, TestContext.Current.CancellationToken);
        return decision.Recipe is not null;
    }

    private Dictionary<string, string> Output() => Directory.EnumerateFiles(_system.PathOf("out"))
        .ToDictionary(file => Path.GetFileName(file), file => Convert.ToHexString(File.ReadAllBytes(file)));
}
