namespace Seatrial.Engine.Images;

/// <summary>
/// The one image from outside. Where no registry gives it, it is made of Debian's packages, with the same content as
/// the official one to all that build on it: minimal, and without manuals and translations.
/// </summary>
internal static class DebianImage
{
    public const string Reference = "debian:bookworm-slim";

    private const string Suite = "bookworm";

    private static readonly string[] _arguments =
    [
        "--variant=minbase",
        "--format=tar",
        "--dpkgopt=path-exclude=/usr/share/man/*",
        "--dpkgopt=path-exclude=/usr/share/info/*",
        "--dpkgopt=path-exclude=/usr/share/locale/*",
        "--dpkgopt=path-exclude=/usr/share/doc/*",
        "--dpkgopt=path-include=/usr/share/doc/*/copyright",

        // As in the official image: layers are thrown away when a build fails, so that syncing each file is lost time.
        "--dpkgopt=force-unsafe-io",
        "--aptopt=Acquire::Languages \"none\"",
        Suite,
        "-",
    ];

    /// <summary>Makes it; <paramref name="notPulled"/> is why no registry gave it.</summary>
    public static async Task<string> MakeAsync(
        ImageWorkshop workshop, string notPulled, CancellationToken cancellationToken)
    {
        var program = Find("mmdebstrap") ?? throw Unavailable(
            $"no registry gave it ({notPulled}), and mmdebstrap, which makes it of Debian's packages, is missing.",
            []);
        var id = "";
        var outcome = await new ChildProcess
        {
            Program = program,
            Arguments = _arguments,
            WorkingFolder = Path.GetTempPath(),
        }.RunAsync(
            async rootFileSystem => id = await workshop.Builder.ImportAsync(
                Reference, rootFileSystem, cancellationToken),
            line => workshop.Say(Reference, line),
            cancellationToken);
        if (outcome.ExitCode is 0)
        {
            return id;
        }

        // Half a root file system may have come through.
        await workshop.Images.RemoveAsync(Reference, cancellationToken);
        throw Unavailable(
            $"no registry gave it ({notPulled}), and mmdebstrap failed with exit code {outcome.ExitCode}.",
            outcome.Output);
    }

    private static SeatrialException Unavailable(string why, IReadOnlyList<string> output) => new(
        ExitCode.Unavailable,
        [
            new Problem
            {
                What = $"{Reference}, on which all images stand, is not to be had.",
                Where = "the engine's images",
                Why = why,
                Fix = "run as root: apt-get install mmdebstrap, with Debian's package mirrors in reach; "
                    + $"or docker pull {Reference} where a registry answers.",
                Output = output,
            },
        ]);

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);
}
