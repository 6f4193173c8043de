namespace Seatrial.Engine.Images;

/// <summary>
/// The one image from outside. Where no registry gives it, it is made of Debian's packages, with the same content as
/// the official one to all that build on it: minimal, and without manuals and translations.
/// </summary>
internal sealed class DebianImage(ImageWorkshop workshop, string? program, string reference)
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

    /// <summary>With the programs of this machine.</summary>
    public static DebianImage On(ImageWorkshop workshop) => new(workshop, Find("mmdebstrap"), Reference);

    /// <summary>Makes it, and returns its id; <paramref name="notPulled"/> is why no registry gave it.</summary>
    public async Task<string> MakeAsync(string notPulled, CancellationToken cancellationToken)
    {
        if (program is null)
        {
            throw Unavailable(
                $"no registry gave it ({notPulled}), and mmdebstrap, which makes it of Debian's packages, is missing.",
                []);
        }

        // It gets its name when it is whole: what a program that dies half-way wrote is an image to an engine.
        var unfinished = $"{ImageReference.Parse(reference).Name}:unfinished-{Environment.ProcessId}";
        try
        {
            await ImportAsync(program, unfinished, notPulled, cancellationToken);
            await workshop.Images.TagAsync(unfinished, reference, cancellationToken);
            return (await workshop.Images.InspectAsync(reference, cancellationToken))?.Id
                ?? throw Unavailable("the engine took it in but does not have it.", []);
        }
        finally
        {
            await workshop.Images.RemoveAsync(unfinished, CancellationToken.None);
        }
    }

    private async Task ImportAsync(
        string debootstrap, string name, string notPulled, CancellationToken cancellationToken)
    {
        SeatrialException? refused = null;
        var outcome = await new ChildProcess
        {
            Program = debootstrap,
            Arguments = _arguments,
            WorkingFolder = Path.GetTempPath(),
        }.RunAsync(
            async rootFileSystem =>
            {
                try
                {
                    await workshop.Builder.ImportAsync(name, rootFileSystem, cancellationToken);
                }
                catch (SeatrialException e)
                {
                    // The program's own end may be the cause.
                    refused = e;
                }
            },
            line => workshop.Say(reference, line),
            cancellationToken);
        if (outcome.ExitCode is not 0)
        {
            throw Unavailable(
                $"no registry gave it ({notPulled}), and mmdebstrap failed with exit code {outcome.ExitCode}.",
                outcome.Output);
        }

        if (refused is not null)
        {
            throw refused;
        }
    }

    private SeatrialException Unavailable(string why, IReadOnlyList<string> output) => new(
        ExitCode.Unavailable,
        [
            new Problem
            {
                What = $"{reference}, on which all images stand, is not to be had.",
                Where = "the engine's images",
                Why = why,
                Fix = "run as root: apt-get install mmdebstrap, with Debian's package mirrors in reach; "
                    + $"or docker pull {reference} where a registry answers.",
                Output = output,
            },
        ]);

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);
}
