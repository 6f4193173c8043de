namespace Seatrial.Trials.Tests;

/// <summary>The sample system with something changed, in a folder of its own; its images are taken as they
/// are.</summary>
internal sealed class SampleSystem
{
    private List<string> _compose = Lines("compose.yaml");
    private List<string> _spec = Lines("seatrial.yaml");

    /// <summary>The sample without its builds, under this project name.</summary>
    public SampleSystem(string name)
    {
        _compose = [.. Without(_compose, "    build:").Select(line => line == "name: rpa" ? $"name: {name}" : line)];
        _spec = [.. Without(Without(_spec, "publish:"), "bases:").Select(line =>
            line.Replace("file: data/", $"file: {TrialFolder.Rpa}/data/", StringComparison.Ordinal))];
    }

    /// <summary>With other suites.</summary>
    public SampleSystem Suites(string yaml)
    {
        _spec = [.. Without(_spec, "suites:"), .. yaml.Split('\n')];
        return this;
    }

    /// <summary>With one more line below the workload.</summary>
    public SampleSystem Workload(string line)
    {
        _spec.Insert(_spec.IndexOf("workload:") + 1, $"  {line}");
        return this;
    }

    /// <summary>With another text in the Compose file, which must be there.</summary>
    public SampleSystem Replace(string text, string replacement)
    {
        var compose = string.Join('\n', _compose);
        Assert.Contains(text, compose, StringComparison.Ordinal);
        _compose = [.. compose.Replace(text, replacement, StringComparison.Ordinal).Split('\n')];
        return this;
    }

    /// <summary>Writes it and returns its folder.</summary>
    public string WriteTo(TrialFolder folder)
    {
        folder.Write("system/seatrial.yaml", string.Join('\n', _spec));
        return Path.GetDirectoryName(folder.Write("system/compose.yaml", string.Join('\n', _compose))) ?? folder.Path;
    }

    private static List<string> Lines(string file) => [.. File.ReadAllLines(Path.Combine(TrialFolder.Rpa, file))];

    /// <summary>The lines without those that are a key, by its whole line, and what is below it.</summary>
    private static List<string> Without(IEnumerable<string> lines, string key)
    {
        var depth = key.Length - key.TrimStart().Length;
        var kept = new List<string>();
        var isDropping = false;
        foreach (var line in lines)
        {
            var isBelow = line.Trim().Length == 0 || line.Length - line.TrimStart().Length > depth;
            isDropping = line == key || (isDropping && isBelow);
            if (!isDropping)
            {
                kept.Add(line);
            }
        }

        return kept;
    }
}
