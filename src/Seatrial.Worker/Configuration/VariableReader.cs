using System.Globalization;
using Seatrial.Wire;

namespace Seatrial.Worker.Configuration;

/// <summary>
/// Reads typed values out of variables and collects what is wrong. Each name that was asked for is known from then on;
/// what remains is unknown.
/// </summary>
internal sealed class VariableReader(IReadOnlyDictionary<string, string> variables)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<ConfigurationProblem> _problems = [];

    public IReadOnlyList<ConfigurationProblem> Problems => _problems;

    public void Fault(string variable, string what, string fix) =>
        _problems.Add(new ConfigurationProblem(variable, what, fix));

    /// <summary>
    /// The value, from the variable or from the file that its <c>_FILE</c> twin names; null when unset or empty.
    /// </summary>
    public string? Text(string name)
    {
        var twin = name + ContainerVariables.FileSuffix;
        _known.Add(name);
        _known.Add(twin);
        var value = variables.GetValueOrDefault(name)?.Trim();
        var file = variables.GetValueOrDefault(twin)?.Trim();
        if (string.IsNullOrEmpty(file))
        {
            return string.IsNullOrEmpty(value) ? null : value;
        }

        if (!string.IsNullOrEmpty(value))
        {
            Fault(name, $"is set, and so is {twin}: which one holds is unclear.", $"unset {name} or {twin}.");
        }

        return Content(twin, file);
    }

    public string Required(string name, string example)
    {
        var value = Text(name);
        if (value is null)
        {
            var state = variables.ContainsKey(name) ? "is empty." : "is not set.";
            Fault(name, state, $"set {name}={example}, or {name}{ContainerVariables.FileSuffix} to a file with it.");
        }

        return value ?? "";
    }

    public int Integer(string name, int least, int most, int preset)
    {
        var text = Text(name);
        if (text is null)
        {
            return preset;
        }

        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            Fault(
                name, $"is '{text}', which is not a whole number.",
                $"set it to {least} … {most}, e.g. {name}={preset}.");
            return preset;
        }

        if (value < least || value > most)
        {
            var nearest = Math.Clamp(value, least, most);
            Fault(name, $"is {value}, outside {least} … {most}.", $"set {name}={nearest}, the nearest valid value.");
        }

        return (int)Math.Clamp(value, least, most);
    }

    public TimeSpan Duration(string name, TimeSpan least, TimeSpan most, TimeSpan preset)
    {
        var text = Text(name);
        if (text is null)
        {
            return preset;
        }

        if (!DurationText.TryParse(text, out var value))
        {
            var meant = DurationText.Suggest(text) ?? DurationText.Format(preset);
            Fault(name, $"is '{text}', which is not a duration like 500ms, 5s, 1m30s.", $"set {name}={meant}.");
            return preset;
        }

        if (value < least || value > most)
        {
            var nearest = value < least ? least : most;
            Fault(
                name,
                $"is {text}, outside {DurationText.Format(least)} … {DurationText.Format(most)}.",
                $"set {name}={DurationText.Format(nearest)}, the nearest valid value.");
            return nearest;
        }

        return value;
    }

    /// <summary>Warns of each <c>CONTAINER_</c> variable that nobody asked for.</summary>
    public void WarnOfUnknown()
    {
        foreach (var name in variables.Keys.Order(StringComparer.Ordinal))
        {
            if (name.StartsWith(ContainerVariables.Prefix, StringComparison.Ordinal) && !_known.Contains(name))
            {
                var nearest = NearestName.Of(name, _known);
                _problems.Add(new ConfigurationProblem(
                    name,
                    "is not a variable that a worker knows; it has no effect.",
                    nearest is null ? $"remove {name}." : $"did you mean {nearest}?",
                    IsError: false));
            }
        }
    }

    private string? Content(string twin, string file)
    {
        try
        {
            var content = File.ReadAllText(file).Trim();
            if (content.Length > 0)
            {
                return content;
            }

            Fault(twin, $"names {file}, which is empty.", $"write the value into {file}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            Fault(twin, $"names {file}, which can't be read: {e.Message}", $"mount a readable file at {file}.");
        }

        return null;
    }
}
