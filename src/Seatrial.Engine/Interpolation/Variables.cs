using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Interpolation;

/// <summary>The variables that files may name: the process's environment before the <c>.env</c> file.</summary>
internal sealed class Variables
{
    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly IReadOnlyDictionary<string, string> _file;

    private Variables(IReadOnlyDictionary<string, string> environment, IReadOnlyDictionary<string, string> file) =>
        (_environment, _file) = (environment, file);

    /// <summary>Reads the <c>.env</c> file of a folder, if there is one.</summary>
    public static Variables Load(
        string directory, IReadOnlyDictionary<string, string> environment, ProblemList problems)
    {
        var file = Path.Combine(directory, ".env");
        if (!File.Exists(file))
        {
            return new Variables(environment, new Dictionary<string, string>());
        }

        try
        {
            return new Variables(environment, DotEnv.Parse(file, File.ReadAllText(file), environment, problems));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.AddOfFile(
                file, Severity.Error, ".env can't be read.",
                "Make the file readable for the user that runs this.", exception.Message);
            return new Variables(environment, new Dictionary<string, string>());
        }
    }

    /// <summary>The same with a value for a variable that has none.</summary>
    public Variables WithDefault(string name, string value) =>
        ValueOf(name) is null
            ? new Variables(_environment, new Dictionary<string, string>(_file) { [name] = value })
            : this;

    /// <summary>Null when it is not set.</summary>
    public string? ValueOf(string name) => _environment.GetValueOrDefault(name) ?? _file.GetValueOrDefault(name);
}
