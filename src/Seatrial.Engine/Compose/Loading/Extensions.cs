using Seatrial.Engine.Compose.Merging;
using Seatrial.Engine.Text;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose.Loading;

/// <summary><c>extends</c>: a service that is another one, with its own keys laid over.</summary>
internal sealed class Extensions(ModelLoader loader, TreeMerger merger, ProblemList problems)
{
    private const string Key = "extends";
    private const int LongestChain = 50;

    private readonly Dictionary<string, ServiceSource> _files = [];

    /// <summary>The document with each of its services filled in.</summary>
    public YamlNode.Map Apply(YamlNode.Map document, YamlNode.Map? below, string file, FileScope scope)
    {
        var services = ServiceSource.Services(document);
        if (!services.Any(service => Extends(service) is not null))
        {
            return document;
        }

        var source = new ServiceSource(file, scope, document, below);
        return new YamlNode.Map(document.Position, [.. document.Entries.Select(entry => entry.Key is not "services"
            ? entry
            : entry with
            {
                Value = new YamlNode.Map(
                    entry.Value.Position,
                    [.. services.Select(service => service with { Value = Resolve(source, service, []) })])
                {
                    Tag = entry.Value.Tag,
                },
            })]);
    }

    private static YamlEntry? Extends(YamlEntry service) =>
        (service.Value as YamlNode.Map)?.Entries.FirstOrDefault(entry => entry.Key is Key);

    private YamlNode Resolve(ServiceSource source, YamlEntry service, List<string> chain)
    {
        if (Extends(service) is not { } extends || service.Value is not YamlNode.Map whole)
        {
            return service.Value;
        }

        if (source.Done.TryGetValue(service.Key, out var done))
        {
            return done;
        }

        YamlNode own = new YamlNode.Map(whole.Position, [.. whole.Entries.Where(entry => entry.Key is not Key)])
        {
            Tag = whole.Tag,
        };
        var name = $"{service.Key} in {source.File}";
        var field = new Field(
            extends.Value,
            $"services.{service.Key}.{Key}",
            extends.Value is YamlNode.Scalar ? extends.Value.Position : extends.KeyPosition,
            extends.KeyPosition,
            problems);
        if (chain.Contains(name) || chain.Count > LongestChain)
        {
            TellChain(field, [.. chain, name]);
            problems.Mute(service.KeyPosition);
            return own;
        }

        chain.Add(name);
        var lower = Base(source, field, chain);
        chain.RemoveAt(chain.Count - 1);
        if (lower is null)
        {
            // What it lacks, it may have been meant to have from there.
            problems.Mute(service.KeyPosition);
        }

        var result = lower is null ? own : merger.Merge(lower, own, "services.*") ?? own;
        source.Done[service.Key] = result;
        return result;
    }

    private YamlNode? Base(ServiceSource source, Field field, List<string> chain)
    {
        KeyCheck.Check(field, ComposeKeys.Extends, "Compose");
        if (field.IsMap && !field["service"].Given)
        {
            field.Error("names no service.", "Write service: with the service's name below it.");
            return null;
        }

        var named = field.IsMap ? field["service"] : field;
        if (named.Word() is not { } name || Source(source, field["file"]) is not { } from)
        {
            return null;
        }

        if (from.Find(name) is { } service)
        {
            return Resolve(from, service, chain);
        }

        var missing = from == source ? "is not declared" : $"{from.File} does not declare";
        named.Error(
            $"names the service {name}, which {missing}.",
            $"{Suggestions.DidYouMean(name, from.Names)}Declare it, or mend the name.");
        return null;
    }

    private ServiceSource? Source(ServiceSource current, Field field)
    {
        if (!field.Given)
        {
            return current;
        }

        if (field.Word() is not { } text
            || ReadingContext.Absolute(field, current.Scope.Directory, text) is not { } file)
        {
            return null;
        }

        if (file == current.File)
        {
            return current;
        }

        if (_files.TryGetValue(file, out var known))
        {
            return known;
        }

        if (!File.Exists(file))
        {
            field.Error($"names the file {file}, which is not there.", "Mend the path, or write the file.");
            return null;
        }

        var scope = new FileScope(Path.GetDirectoryName(file) ?? "/", current.Scope.Variables);
        YamlNode.Map? document = null;
        foreach (var next in loader.Documents(file, scope))
        {
            document = document is null ? next : merger.Merge(document, next, "") as YamlNode.Map ?? document;
        }

        if (document is null)
        {
            return null;
        }

        return _files[file] = new ServiceSource(file, scope, document, below: null);
    }

    private static void TellChain(Field field, List<string> chain)
    {
        var ring = chain.SkipWhile(name => name != chain[^1]).ToList();
        if (ring.Count > 1)
        {
            field.Error(
                $"goes round in a ring: {string.Join(" → ", ring)}.", "Remove one extends of the ring.");
        }
        else
        {
            field.Error($"goes through more than {LongestChain} services.", "Shorten the chain.");
        }
    }
}
