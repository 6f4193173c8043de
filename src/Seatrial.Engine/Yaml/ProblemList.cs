namespace Seatrial.Engine.Yaml;

/// <summary>Collects what is wrong in files, so that all of it is told at once, in the order of the lines.</summary>
internal sealed class ProblemList
{
    // Lines count from 1, so that this sorts before them.
    private const int WholeFile = 0;

    private readonly Dictionary<(SourcePosition At, string Fix), Problem> _problems = [];
    private readonly HashSet<SourcePosition> _muted = [];

    public bool HasErrors => _problems.Values.Any(problem => problem.Severity is Severity.Error);

    /// <summary>
    /// Adds one. A value that anchors carry to several places is wrong at one place of the file only, so that what has
    /// the same place and the same remedy is told once.
    /// </summary>
    public void Add(SourcePosition at, Severity severity, string what, string fix, string? why = null)
    {
        if (!_muted.Contains(at))
        {
            _problems.TryAdd(
                (at, fix),
                new Problem
                {
                    Severity = severity,
                    What = OneLine(what),
                    Where = OneLine(at.Line is WholeFile ? at.File : at.ToString()),
                    At = at,
                    Why = why is null ? null : OneLine(why),
                    Fix = OneLine(fix),
                });
        }
    }

    /// <summary>Adds one that concerns a file or folder as a whole, or its absence.</summary>
    public void AddOfFile(string path, Severity severity, string what, string fix, string? why = null) =>
        Add(new SourcePosition(path, WholeFile, WholeFile), severity, what, fix, why);

    /// <summary>
    /// From now on nothing is told of a place whose value is not to be had: it would only follow from that.
    /// </summary>
    public void Mute(SourcePosition at) => _muted.Add(at);

    /// <summary>By file, line and column.</summary>
    public IReadOnlyList<Problem> Sorted() =>
    [
        .. _problems
            .OrderBy(entry => entry.Key.At.File, StringComparer.Ordinal)
            .ThenBy(entry => entry.Key.At.Line)
            .ThenBy(entry => entry.Key.At.Column)
            .Select(entry => entry.Value),
    ];

    // Keys and values may hold anything, and a terminal would obey it.
    private static string OneLine(string text) =>
        string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
}
