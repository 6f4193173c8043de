using System.Text.Json;
using System.Text.Json.Serialization;

namespace Seatrial.Engine.Images;

/// <summary>
/// What the image step remembers between runs: how images were built, what was published, hashes of files.
/// </summary>
internal sealed class ImageStore(string folder, TimeProvider clock)
{
    private static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(100);

    /// <summary>The folder for a system's Compose file.</summary>
    public static string FolderOf(string systemFolder) => Path.Combine(systemFolder, ".seatrial", "images");

    /// <summary>For the intermediate files of what is published.</summary>
    public string Artifacts => Path.Combine(folder, "artifacts");

    private string HashFile => Path.Combine(folder, "hashes");

    public FileHashes LoadHashes() => FileHashes.Load(HashFile, clock);

    public void Save(FileHashes hashes) => hashes.Save(HashFile);

    /// <summary>How the image was last built here; null when it never was.</summary>
    public ImageManifest? Manifest(ImageReference image) =>
        Read(PathOf("built", image.ToString()), ImageStoreJson.Default.ImageManifest);

    public void Save(ImageReference image, ImageManifest manifest) =>
        Replace(
            PathOf("built", image.ToString()),
            JsonSerializer.Serialize(manifest, ImageStoreJson.Default.ImageManifest));

    /// <summary>From what a project was last published into a folder; null when it never was.</summary>
    public PublishRecord? Published(string output) =>
        Read(PathOf("published", output), ImageStoreJson.Default.PublishRecord);

    public void Save(string output, PublishRecord record) =>
        Replace(PathOf("published", output), JsonSerializer.Serialize(record, ImageStoreJson.Default.PublishRecord));

    /// <summary>When an image was last pulled from here; null when it never was.</summary>
    public DateTimeOffset? LastPull(string reference) =>
        new FileInfo(PathOf("pulled", reference)) is { Exists: true } file ? file.LastWriteTimeUtc : null;

    public void SavePull(string reference)
    {
        var file = PathOf("pulled", reference);
        Replace(file, "");
        File.SetLastWriteTimeUtc(file, clock.GetUtcNow().UtcDateTime);
    }

    /// <summary>A file for a while, gone when it is closed.</summary>
    public FileStream OpenScratch(string name) => new(
        Path.Combine(folder, name + ".tar"),
        new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
            BufferSize = 1 << 16,
        });

    /// <summary>
    /// Keeps a second command from building the same beside this one; waits until the first is through.
    /// </summary>
    public async Task<IDisposable> LockAsync(Action waiting, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        for (var told = false; ; told = true)
        {
            try
            {
                return new FileStream(
                    Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (!DiskFull.Is(e))
            {
                if (!told)
                {
                    waiting();
                }
            }

            await Task.Delay(_patience, clock, cancellationToken);
        }
    }

    /// <summary>Writes a file whole or not at all.</summary>
    public static void Replace(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file) ?? ".");
        var next = file + ".next";
        File.WriteAllText(next, text);
        File.Move(next, file, overwrite: true);
    }

    private string PathOf(string kind, string name) =>
        Path.Combine(
            folder, kind,
            string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '_')) + ".json");

    private static T? Read<T>(string file, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize(File.ReadAllText(file), type) : null;
        }
        catch (JsonException)
        {
            // Torn or from another version: as good as never written.
            return null;
        }
    }
}

/// <summary>A project as it was published.</summary>
internal sealed record PublishRecord
{
    /// <summary>SHA-256 of each source, and of what else decides the output.</summary>
    public required IReadOnlyDictionary<string, string> Sources { get; init; }

    /// <summary>Mode and SHA-256 of each file of the output.</summary>
    public required IReadOnlyDictionary<string, string> Output { get; init; }

    /// <summary>How the compiler alone brings it up to date; null where that is not known to be enough.</summary>
    public CompileRecipe? Recipe { get; init; }
}

/// <summary>
/// Made at compile time: reflection would cost more than all the rest of an image step that has nothing to do.
/// </summary>
[JsonSerializable(typeof(ImageManifest))]
[JsonSerializable(typeof(PublishRecord))]
internal sealed partial class ImageStoreJson : JsonSerializerContext;
