using Seatrial.Engine.Compose;

namespace Seatrial.Engine.Tests.Compose;

public sealed class ComposeFilesTests : IDisposable
{
    private const string Least = "services: {app: {image: app}}\n";

    private readonly SystemFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("compose.yaml")]
    [InlineData("compose.yml")]
    [InlineData("docker-compose.yaml")]
    [InlineData("docker-compose.yml")]
    public void A_folder_stands_for_its_compose_file(string name)
    {
        _folder.With(name, Least);

        Assert.Equal(Path.Combine(_folder.Path, name), _folder.Project().File);
        Assert.Equal(_folder.Path, _folder.Project().Directory);
    }

    [Fact]
    public void A_file_may_have_any_name()
    {
        _folder.With("my.system", Least);

        Assert.NotNull(ComposeReader.Read(Path.Combine(_folder.Path, "my.system"), _folder.Environment).Project);
    }

    [Fact]
    public void A_second_file_of_the_folder_is_told_to_be_ignored_and_an_override_is_laid_over()
    {
        _folder.With("compose.yaml", Least).With("docker-compose.yml", Least)
            .With("compose.override.yaml", "services: {app: {hostname: above}}");

        var reading = _folder.Read();

        Assert.Equal("above", reading.Project?.Services["app"].Hostname);
        Assert.Equal(2, reading.Project?.Files.Count);
        Assert.Equal(Severity.Warning, Assert.Single(reading.Problems).Severity);
    }

    [Fact]
    public void A_folder_without_a_compose_file_is_told_what_to_write()
    {
        var problem = ComposeText.Only(_folder.Read(), "There is no Compose file in");

        Assert.Contains("compose.yaml", problem.Fix, StringComparison.Ordinal);
        Assert.Equal(_folder.Path, problem.Where);
    }

    [Fact]
    public void A_missing_folder_is_told_with_the_part_of_it_that_is_there()
    {
        var missing = Path.Combine(_folder.Path, "no", "such");

        var problem = ComposeText.Only(ComposeReader.Read(missing, _folder.Environment), missing);

        Assert.Equal(missing, problem.Where);
        Assert.Contains($"{_folder.Path} is there", problem.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("a\0b")]
    public void A_path_that_is_none_is_told(string path) =>
        ComposeText.Only(ComposeReader.Read(path, _folder.Environment), "path of the system");

    [Fact]
    public void The_dot_env_file_beside_the_file_gives_values_and_the_environment_wins()
    {
        _folder.With("compose.yaml", "services: {app: {image: '${A}-${B}'}}\n").With(".env", "A=file\nB=file\n");
        _folder.Environment["B"] = "process";

        Assert.Equal("file-process", _folder.Project().Services["app"].Image);
    }

    [Fact]
    public void A_faulty_dot_env_file_is_told_with_its_line()
    {
        _folder.With("compose.yaml", Least).With(".env", "A=1\n1B=2\n");

        Assert.EndsWith(".env:2:1", Assert.Single(_folder.Read().Problems).Where, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name: my-system\n", "my-system")]
    [InlineData("name: ${NAME}\n", "from-environment")]
    public void The_name_is_the_files(string line, string name)
    {
        _folder.With("compose.yaml", line + Least);
        _folder.Environment["NAME"] = "from-environment";

        Assert.Equal(name, _folder.Project().Name);
    }

    [Fact]
    public void Without_a_name_the_folders_is_taken_in_the_form_that_Compose_allows()
    {
        _folder.With("_My Sy.stem-2/compose.yaml", Least);

        var reading = ComposeReader.Read(Path.Combine(_folder.Path, "_My Sy.stem-2"), _folder.Environment);

        Assert.Equal("mysystem-2", reading.Project?.Name);
    }

    [Fact]
    public void A_name_that_Compose_would_refuse_is_told()
    {
        _folder.With("compose.yaml", "name: My System\n" + Least);

        Assert.EndsWith(
            "compose.yaml:1:7", ComposeText.Only(_folder.Read(), "no project name").Where, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_may_name_the_project()
    {
        _folder.With("compose.yaml", "name: mine\nservices: {app: {image: '${COMPOSE_PROJECT_NAME}/app'}}\n");

        Assert.Equal("mine/app", _folder.Project().Services["app"].Image);
    }
}
