using System.Text;

namespace Seatrial.Flows.Tests;

/// <summary>The real survey, as the trial's loader would put it in.</summary>
internal static class Survey
{
    public const int Rows = 21_483;

    private static readonly Lazy<IReadOnlyList<(string Key, IReadOnlyDictionary<string, string> Fields)>> All =
        new(Read);

    /// <summary>In the file's order, keyed <c>gss:1</c> and so on.</summary>
    public static IReadOnlyList<(string Key, IReadOnlyDictionary<string, string> Fields)> Answers => All.Value;

    /// <summary>The folder that holds the solution.</summary>
    public static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Seatrial.slnx")))
        {
            folder = folder.Parent
                ?? throw new InvalidOperationException($"No Seatrial.slnx above {AppContext.BaseDirectory}.");
        }

        return folder.FullName;
    }

    private static List<(string Key, IReadOnlyDictionary<string, string> Fields)> Read()
    {
        var lines = File.ReadAllLines(Path.Combine(Root(), "systems", "rpa", "data", "gss_cat.csv"));
        var names = Split(lines[0]);
        return [.. lines.Skip(1).Select(line =>
        {
            var values = Split(line);
            var fields = names.Zip(values).Skip(1).ToDictionary(pair => pair.First, pair => pair.Second);
            return ($"gss:{values[0]}", (IReadOnlyDictionary<string, string>)fields);
        })];
    }

    /// <summary>This file quotes every text and has no quote within one.</summary>
    private static List<string> Split(string line)
    {
        var (fields, field, quoted) = (new List<string>(), new StringBuilder(), false);
        foreach (var character in line)
        {
            if (character == '"')
            {
                quoted = !quoted;
            }
            else if (character == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(character);
            }
        }

        return [.. fields, field.ToString()];
    }
}
