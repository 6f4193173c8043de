using Seatrial.Engine;
using Seatrial.Engine.Compose;
using Seatrial.Engine.Specs;

namespace Seatrial.Testing;

/// <summary>A system's folder of which only the images matter, gone at the end of the test.</summary>
public sealed class ImageSystem : IDisposable
{
    private readonly Dictionary<string, ComposeService> _services = [];
    private readonly List<BaseImageSpec> _bases = [];
    private readonly List<PublishSpec> _publish = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("seatrial-images-").FullName;

    public ComposeProject Project => new()
    {
        File = PathOf("compose.yaml"),
        Directory = Folder,
        Name = "tiny",
        Services = _services,
        Networks = new Dictionary<string, ComposeNetwork>(),
        Volumes = new Dictionary<string, ComposeVolume>(),
        Positions = _services.Keys
            .Index()
            .ToDictionary(
                item => $"services.{item.Item}.build",
                item => new SourcePosition(PathOf("compose.yaml"), item.Index + 1, 5)),
    };

    public ImageSpec Spec => new() { File = PathOf("seatrial.yaml"), Publish = _publish, Bases = _bases };

    public string PathOf(string relative) => Path.Combine(Folder, relative);

    /// <summary>Writes a file and the folders above it; returns its path.</summary>
    public string Write(string relative, string text)
    {
        var path = PathOf(relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? Folder);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>A service whose context is the folder of its name.</summary>
    public ImageSystem With(string service, string? image, string dockerfile, params (string Name, string Value)[] args)
    {
        Write($"{service}/Dockerfile", dockerfile);
        _services[service] = new ComposeService { Name = service, Image = image, Build = BuildOf(service, args) };
        return this;
    }

    /// <summary>A service that runs an image from elsewhere.</summary>
    public ImageSystem WithForeign(string service, string image, string? pullPolicy = null)
    {
        _services[service] = new ComposeService { Name = service, Image = image, PullPolicy = pullPolicy };
        return this;
    }

    /// <summary>A base whose context is the folder of this name.</summary>
    public ImageSystem WithBase(string image, string folder, string dockerfile)
    {
        Write($"{folder}/Dockerfile", dockerfile);
        _bases.Add(new BaseImageSpec(image, BuildOf(folder, [])));
        return this;
    }

    public ImageSystem WithPublish(string project, string output, string? runtime)
    {
        _publish.Add(new PublishSpec(PathOf(project), PathOf(output), runtime is null ? null : PathOf(runtime)));
        return this;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private ComposeBuild BuildOf(string folder, (string Name, string Value)[] args) => new()
    {
        Context = PathOf(folder),
        Dockerfile = PathOf($"{folder}/Dockerfile"),
        Args = args.ToDictionary(arg => arg.Name, arg => arg.Value),
    };
}
