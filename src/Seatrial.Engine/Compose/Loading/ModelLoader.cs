using Seatrial.Engine.Compose.Merging;
using Seatrial.Engine.Interpolation;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose.Loading;

/// <summary>
/// From files to the one tree that they make together: each is interpolated, what it includes goes below it, services
/// that extend others are filled in, and then it is laid over the files before it.
/// </summary>
internal sealed class ModelLoader
{
    // What many services extend is there many times over.
    private const long LargestModel = 400_000;

    private readonly ProblemList _problems;
    private readonly TreeMerger _merger;
    private readonly Extensions _extensions;
    private readonly Inclusions _inclusions;
    private readonly Dictionary<string, IReadOnlyList<YamlNode.Map>?> _documents = [];
    private readonly Dictionary<string, FileScope> _scopes = [];

    public ModelLoader(ProblemList problems)
    {
        _problems = problems;
        _merger = new TreeMerger(problems);
        _extensions = new Extensions(this, _merger, problems);
        _inclusions = new Inclusions(this, _merger, problems);
    }

    /// <summary>What the values of each file that was read are read against.</summary>
    public IReadOnlyDictionary<string, FileScope> Scopes => _scopes;

    /// <summary>A file's documents as written; null when it can't be read.</summary>
    public IReadOnlyList<YamlNode.Map>? Written(string file)
    {
        if (!_documents.TryGetValue(file, out var documents))
        {
            documents = YamlFile.LoadAll(file, _problems);
            _documents[file] = documents;
        }

        return documents;
    }

    /// <summary>A file's documents with variables filled in; none when it can't be read.</summary>
    public IEnumerable<YamlNode.Map> Documents(string file, FileScope scope)
    {
        _scopes[file] = scope;
        var interpolator = new Interpolator(scope.Variables, _problems);
        return (Written(file) ?? []).Select(interpolator.Apply).OfType<YamlNode.Map>();
    }

    /// <summary>
    /// The files laid over each other; null when one of them, or what one includes, can't be had.
    /// </summary>
    /// <param name="files">Absolute paths, the undermost first.</param>
    /// <param name="scope">Of all of them.</param>
    /// <param name="above">Files that include these.</param>
    public YamlNode.Map? Load(IReadOnlyList<string> files, FileScope scope, IReadOnlyList<string> above)
    {
        YamlNode.Map? model = null;
        var isWhole = true;
        foreach (var file in files)
        {
            isWhole &= Written(file) is not null;
            foreach (var document in Documents(file, scope))
            {
                var included = _inclusions.Apply(document, scope, [.. above, file]);
                isWhole &= included is not null;
                var extended = _extensions.Apply(included ?? document, model, file, scope);
                var merged = model is null ? TreeMerger.Settle(extended) : _merger.Merge(model, extended, "");
                model = merged as YamlNode.Map ?? model;
            }
        }

        return isWhole && model is not null && IsOfBearableSize(model) ? model : null;
    }

    private bool IsOfBearableSize(YamlNode.Map model)
    {
        if (model.Size <= LargestModel)
        {
            return true;
        }

        _problems.Add(
            model.Position, Severity.Error,
            $"The files hold more than {LargestModel:N0} values with what they extend and include.",
            "Extend and include less.");
        return false;
    }
}
