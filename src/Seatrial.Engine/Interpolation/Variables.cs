using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Interpolation;

/// <summary>The variables that files may name: the process's environment before <c>.env</c> files.</summary>
internal sealed class Variables
{
    private readonly Func<string, string?> _outer;
    private readonly IReadOnlyDictionary<string, string> _file;

    private Variables(Func<string, string?> outer, IReadOnlyDictionary<string, string> file) =>
        (_outer, _file) = (outer, file);

    /// <summary>Reads the <c>.env</c> file of a folder, if there is one.</summary>
    public static Variables Load(
        string directory, IReadOnlyDictionary<string, string> environment, ProblemList problems) =>
        Of(environment).With([Path.Combine(directory, ".env")], mustExist: false, problems);

    /// <summary>The environment alone.</summary>
    public static Variables Of(IReadOnlyDictionary<string, string> environment) =>
        new(name => environment.GetValueOrDefault(name), new Dictionary<string, string>());

    /// <summary>The same with what files add to it: a later file wins over an earlier one, and this over all.</summary>
    public Variables With(IEnumerable<string> files, bool mustExist, ProblemList problems)
    {
        var values = new Dictionary<string, string>();
        foreach (var file in files.Where(file => mustExist || File.Exists(file)))
        {
            if (YamlFile.TextOf(file, problems) is not { } text)
            {
                continue;
            }

            foreach (var (name, value) in DotEnv.Parse(
                file, text, name => ValueOf(name) ?? values.GetValueOrDefault(name), problems))
            {
                values[name] = value;
            }
        }

        return values.Count is 0 ? this : new Variables(ValueOf, values);
    }

    /// <summary>The same with a value for a variable that has none.</summary>
    public Variables WithDefault(string name, string value) =>
        ValueOf(name) is null ? new Variables(ValueOf, new Dictionary<string, string> { [name] = value }) : this;

    /// <summary>Null when it is not set.</summary>
    public string? ValueOf(string name) => _outer(name) ?? _file.GetValueOrDefault(name);
}
