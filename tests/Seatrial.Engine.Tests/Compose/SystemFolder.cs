using Seatrial.Engine.Compose;
using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Tests.Compose;

/// <summary>A folder with the files of a system, gone at the end of the test.</summary>
internal sealed class SystemFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("seatrial-test-").FullName;

    public Dictionary<string, string> Environment { get; } = [];

    public SystemFolder With(string name, string text)
    {
        var file = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file) ?? Path);
        File.WriteAllText(file, text);
        return this;
    }

    public ComposeReading Read() => ComposeReader.Read(Path, Environment);

    /// <summary>The project of a file that has no errors.</summary>
    public ComposeProject Project()
    {
        var reading = Read();
        Assert.True(reading.Project is not null, string.Join("\n", reading.Problems));
        return reading.Project;
    }

    public SpecReading ReadSpec() => SpecReader.Read(Project(), Environment);

    /// <summary>The spec of files that have no errors.</summary>
    public SystemSpec Spec()
    {
        var reading = ReadSpec();
        Assert.True(reading.Spec is not null, string.Join("\n", reading.Problems));
        return reading.Spec;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
