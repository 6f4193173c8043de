using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary>The tree of a whole file in canonical form.</summary>
internal static class ProjectReader
{
    private const string DefaultNetwork = "default";

    public static ComposeProject Read(Field root, string name, ReadingContext context)
    {
        root["name"].Word();
        var networks = ReadEach(root["networks"], DeclarationReader.Network);
        var volumes = ReadEach(root["volumes"], DeclarationReader.Volume);
        var secrets = ReadEach(root["secrets"], (key, field) => ContentReader.Secret(key, field, context));
        var configs = ReadEach(root["configs"], (key, field) => ContentReader.Config(key, field, context));
        var services = new OrderedDictionary<string, ComposeService>();
        foreach (var (key, field) in ServicesOf(root))
        {
            if (Names.Check(key, field) && ServiceReader.Read(key, field, context) is { } service)
            {
                services[key] = service;
            }
        }

        References.Check(root);
        if (services.Values.Any(service => service.Networks.ContainsKey(DefaultNetwork)))
        {
            networks.TryAdd(DefaultNetwork, new ComposeNetwork());
        }

        return new ComposeProject
        {
            File = context.File,
            Directory = context.Directory,
            Name = name,
            Services = services,
            Networks = networks,
            Volumes = volumes,
            Secrets = secrets,
            Configs = configs,
            Positions = PositionIndex.Of(root),
        };
    }

    private static IEnumerable<(string Key, Field Value)> ServicesOf(Field root)
    {
        var services = root["services"];
        if (services.Given && (!services.IsMap || services.Entries().Any()))
        {
            return services.Entries();
        }

        root.Problems.Add(
            services.At, Severity.Error, "The file has no services.", "Write services: with a service below it.");
        return [];
    }

    private static OrderedDictionary<string, T> ReadEach<T>(Field section, Func<string, Field, T?> read)
        where T : class
    {
        var all = new OrderedDictionary<string, T>();
        foreach (var (key, field) in section.Given ? section.Entries() : [])
        {
            if (Names.Check(key, field) && read(key, field) is { } declared)
            {
                all[key] = declared;
            }
        }

        return all;
    }
}
