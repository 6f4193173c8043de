using Seatrial.Engine.Compose;
using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Images;

/// <summary>Brings the files of folders outside into the build contexts of the services that run.</summary>
internal static class CopyStep
{
    /// <summary>Says that a folder's files are copies, so that they may be wiped.</summary>
    private const string Mark = ".copied-by-seatrial";

    /// <summary>Copies what is needed, where the folder is there; else empties what an earlier copy left.</summary>
    public static void Ensure(ComposeProject project, IReadOnlyList<CopySpec> specs, Action<string, string> say)
    {
        var contexts = project.Services.Values.Select(service => service.Build?.Context).OfType<string>().ToList();
        foreach (var spec in specs.Where(spec => contexts.Any(spec.IsWithin)))
        {
            var source = Directory.Exists(spec.From) ? Files(spec.From) : [];
            if (source.Count is 0 && !Directory.Exists(spec.To))
            {
                continue;
            }

            Claim(spec.To);
            Mirror(source, Files(spec.To), spec.To, file => say(Path.GetFileName(spec.To), $"copying {file}"));
        }
    }

    private static void Mirror(
        Dictionary<string, FileInfo> wanted, Dictionary<string, FileInfo> there, string folder, Action<string> copying)
    {
        foreach (var old in there.Where(file => !wanted.ContainsKey(file.Key)))
        {
            old.Value.Delete();
        }

        foreach (var (name, file) in wanted)
        {
            var isThere = there.TryGetValue(name, out var copy)
                && (copy.Length, copy.LastWriteTimeUtc) == (file.Length, file.LastWriteTimeUtc);
            if (!isThere)
            {
                copying(name);
                copy?.Delete();
                var target = file.CopyTo(Path.Combine(folder, name));
                target.LastWriteTimeUtc = file.LastWriteTimeUtc;
            }
        }
    }

    /// <summary>A slip in the path must not cost anybody's files.</summary>
    private static void Claim(string folder)
    {
        var mark = Path.Combine(folder, Mark);
        if (Directory.Exists(folder) && !File.Exists(mark) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new SeatrialException(
                ExitCode.Usage, "Files are to be copied into a folder that holds others, which would be lost.", folder,
                "name a folder of its own under copy[].to, or empty this one.");
        }

        Directory.CreateDirectory(folder);
        File.WriteAllText(mark, "");
    }

    /// <summary>Of the folder itself, not of those below it.</summary>
    private static Dictionary<string, FileInfo> Files(string folder) => new DirectoryInfo(folder).EnumerateFiles()
        .Where(file => file.Name is not Mark)
        .ToDictionary(file => file.Name);
}
