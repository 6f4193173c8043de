namespace Seatrial.Cli.Tests;

/// <summary>A command in a folder of its own, gone at the end of the test.</summary>
internal sealed class CommandRun : IDisposable
{
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    public string Folder { get; } = Directory.CreateTempSubdirectory("seatrial-cli-").FullName;

    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>With the folder's name left out.</summary>
    public string Out => _out.ToString().Replace(Folder, "FOLDER", StringComparison.Ordinal);

    public string Error => _error.ToString();

    public CommandRun With(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? Folder);
        File.WriteAllText(path, text);
        return this;
    }

    public Task<int> RunAsync(params string[] arguments) => Program.RunAsync(
        arguments,
        new ProgramHost
        {
            Out = _out,
            Error = _error,
            Interactive = false,
            Environment = Environment,
            Directory = Folder,
            Clock = TimeProvider.System,
        },
        TestContext.Current.CancellationToken);

    public void Dispose()
    {
        _out.Dispose();
        _error.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
