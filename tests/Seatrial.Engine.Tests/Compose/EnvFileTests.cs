namespace Seatrial.Engine.Tests.Compose;

public sealed class EnvFileTests : IDisposable
{
    private readonly SystemFolder _folder = new SystemFolder()
        .With("a.env", "A=a\nB=a\n# none\nexport C='$A'\nD=\"x$A\"\nE\n")
        .With("b.env", "B=b\n")
        .With("raw.env", "# none\nA='$A' # kept\nE\n")
        .With("labels", "com.example=1\nown=2\n");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("env_file: a.env", "A=a B=a C=$A D=xa E=outside")]
    [InlineData("env_file: [a.env, b.env]", "A=a B=b C=$A D=xa E=outside")]
    [InlineData("env_file: [b.env, a.env]", "A=a B=a C=$A D=xa E=outside")]
    [InlineData("env_file: b.env, environment: {B: own}", "B=own")]
    [InlineData("env_file: b.env, environment: {B: ''}", "B=")]
    [InlineData("env_file: b.env, environment: [B]", "")]
    [InlineData("env_file: [{path: no.env, required: false}, b.env]", "B=b")]
    [InlineData("env_file: [{path: raw.env, format: raw}]", "A='$A' # kept E=outside")]
    public void Variables_come_from_files_and_the_files_own_win(string keys, string expected)
    {
        _folder.With("compose.yaml", $"services: {{app: {{image: app, {keys}}}}}");
        _folder.Environment["E"] = "outside";

        Assert.Equal(
            expected,
            string.Join(
                ' ', _folder.Project().Services["app"].Environment.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                    .Select(pair => $"{pair.Key}={pair.Value}")));
    }

    [Fact]
    public void Labels_come_from_files_too()
    {
        _folder.With("compose.yaml", "services: {app: {image: app, label_file: labels, labels: {own: mine}}}");

        var labels = _folder.Project().Services["app"].Labels;

        Assert.Equal(("1", "mine"), (labels["com.example"], labels["own"]));
    }

    [Theory]
    [InlineData("env_file: no.env", "no.env, which is not there")]
    [InlineData("env_file: [{path: b.env, format: json}]", "format is json")]
    [InlineData("env_file: [{required: false}]", "names no file")]
    public void A_file_that_is_not_there_is_told(string keys, string what)
    {
        _folder.With("compose.yaml", $"services: {{app: {{image: app, {keys}}}}}");

        ComposeText.Only(_folder.Read(), what);
    }
}
