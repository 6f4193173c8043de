using System.Runtime.InteropServices;

namespace Seatrial.Engine.Images;

/// <summary>The .NET that this program runs on: images carry a copy of its shared runtime.</summary>
internal sealed record DotnetRuntime
{
    private const string Core = "Microsoft.NETCore.App";
    private const string Web = "Microsoft.AspNetCore.App";

    /// <summary>The folder of the <c>dotnet</c> program.</summary>
    public required string Root { get; init; }

    /// <summary>E.g. <c>10.0.12</c>.</summary>
    public required string Version { get; init; }

    public string Muxer => Path.Combine(Root, "dotnet");

    /// <summary>Versions of the SDKs beside it.</summary>
    public string Sdks => string.Join(' ', Names(Path.Combine(Root, "sdk")));

    /// <summary>What decides the content of a copy.</summary>
    public string Identity => $"{Version} {RuntimeInformation.RuntimeIdentifier}";

    /// <summary>The runtime of this very process.</summary>
    public static DotnetRuntime OfThisProcess()
    {
        // …/shared/Microsoft.NETCore.App/10.0.12/
        var own = new DirectoryInfo(RuntimeEnvironment.GetRuntimeDirectory());
        return own.Parent?.Parent?.Parent is { } root && Directory.Exists(Path.Combine(root.FullName, "sdk"))
            ? new DotnetRuntime { Root = root.FullName, Version = own.Name }
            : throw new SeatrialException(
                ExitCode.Unavailable,
                "There is no .NET SDK beside the runtime that this program runs on, so that nothing can be published.",
                own.FullName,
                "run it by ./seatrial, which finds or fetches an SDK.");
    }

    /// <summary>Copies what runs a framework-dependent program; the SDK and other versions stay behind.</summary>
    public void CopyTo(string folder)
    {
        Directory.CreateDirectory(folder);
        File.Copy(Muxer, Path.Combine(folder, "dotnet"));
        string[] parts =
        [
            Newest(Path.Combine("host", "fxr")),
            Path.Combine("shared", Core, Version),
            Newest(Path.Combine("shared", Web)),
        ];
        foreach (var part in parts)
        {
            CopyFolder(Path.Combine(Root, part), Path.Combine(folder, part));
        }
    }

    /// <summary>
    /// The newest patch of the same major version: host and web framework need not have the very same number.
    /// </summary>
    private string Newest(string part)
    {
        var major = Version.Split('.')[0] + ".";
        var newest = Names(Path.Combine(Root, part))
            .Where(name => name.StartsWith(major, StringComparison.Ordinal) && System.Version.TryParse(name, out _))
            .MaxBy(System.Version.Parse);
        return newest is not null
            ? Path.Combine(part, newest)
            : throw new SeatrialException(
                ExitCode.Unavailable, $"The .NET installation lacks {part} of version {major}x.", Root,
                "install the .NET SDK again.");
    }

    private static IEnumerable<string> Names(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)
        : [];

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (var below in Directory.EnumerateDirectories(from))
        {
            CopyFolder(below, Path.Combine(to, Path.GetFileName(below)));
        }
    }
}
