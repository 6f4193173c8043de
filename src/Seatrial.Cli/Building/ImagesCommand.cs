using System.CommandLine;
using System.Globalization;
using Seatrial.Cli.Systems;
using Seatrial.Engine;
using Seatrial.Engine.Images;
using Spectre.Console;

namespace Seatrial.Cli.Building;

/// <summary><c>seatrial images ls|history|rollback|prune</c>.</summary>
internal static class ImagesCommand
{
    private const int UsuallyKept = 3;
    private const int RevisionDigits = 12;

    public static Command Create(ProgramHost host) =>
        new("images", "The images that Seatrial built: their versions, the way back, and pruning.")
        {
            List(host),
            History(host),
            RollBack(host),
            Prune(host),
        };

    private static Command List(ProgramHost host)
    {
        var command = new Command("ls", "Show the current version of each image.");
        command.SetAction((_, cancellationToken) => WithVersionsAsync(host, async versions =>
        {
            var all = await versions.ListAsync(name: null, cancellationToken);
            Write(all.Where(version => version.IsCurrent), host);
        }, cancellationToken));
        return command;
    }

    private static Command History(ProgramHost host)
    {
        var name = new Argument<string>("image") { Description = "The image's name, e.g. seatrial/rpa1." };
        var command = new Command("history", "Show all versions of an image, newest first.") { name };
        command.SetAction((parsed, cancellationToken) => WithVersionsAsync(host, async versions =>
        {
            var wanted = parsed.GetRequiredValue(name);
            var found = await versions.ListAsync(wanted, cancellationToken);
            if (found.Count is 0)
            {
                throw new SeatrialException(
                    ExitCode.Usage, $"Seatrial built no image {wanted}.", "engine", "See: seatrial images ls");
            }

            Write(found, host);
        }, cancellationToken));
        return command;
    }

    private static Command RollBack(ProgramHost host)
    {
        var name = new Argument<string>("image") { Description = "The image's name, e.g. seatrial/rpa1." };
        var key = new Argument<string?>("version")
        {
            Description = "Its key, or how that begins; the version before the current one, if not given.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("rollback", "Have an image's name mean an earlier version.") { name, key };
        command.SetAction((parsed, cancellationToken) => WithVersionsAsync(host, async versions =>
        {
            var version = await versions.RollBackAsync(
                parsed.GetRequiredValue(name), parsed.GetValue(key), cancellationToken);
            await host.Out.WriteLineAsync($"{version.Name} is now {version.Key}, built {Time(version.CreatedAt)}.");
            await host.Out.WriteLineAsync("Run it: seatrial up --no-build (a build brings the sources' version back)");
        }, cancellationToken));
        return command;
    }

    private static Command Prune(ProgramHost host)
    {
        var keep = new Option<int>("--keep")
        {
            Description = "How many versions of each image stay.",
            DefaultValueFactory = _ => UsuallyKept,
            CustomParser = result => WholeNumbers.Parse<int>(result) ?? UsuallyKept,
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would go, and remove nothing." };
        var command = new Command("prune", "Remove old versions that no container needs.") { keep, dryRun };
        command.SetAction((parsed, cancellationToken) => WithVersionsAsync(host, async versions =>
        {
            var isDry = parsed.GetValue(dryRun);
            var gone = await versions.PruneAsync(parsed.GetValue(keep), isDry, cancellationToken);
            foreach (var version in gone)
            {
                await host.Out.WriteLineAsync($"{(isDry ? "would remove" : "removed")} {version.Reference}");
            }

            if (gone.Count is 0)
            {
                await host.Out.WriteLineAsync("Nothing to remove.");
            }
        }, cancellationToken));
        return command;
    }

    private static async Task<int> WithVersionsAsync(
        ProgramHost host, Func<ImageVersions, Task> act, CancellationToken cancellationToken)
    {
        await using var driver = await EngineAccess.OpenAsync(host, cancellationToken);
        await act(new ImageVersions(driver));
        return (int)ExitCode.Pass;
    }

    private static void Write(IEnumerable<ImageVersion> versions, ProgramHost host)
    {
        var table = Tables.Plain("IMAGE", "VERSION", "BUILT", "REVISION", "SIZE", "");
        foreach (var version in versions)
        {
            table.AddRow(
                new Text(version.Name),
                new Text(version.Key),
                new Text(Time(version.CreatedAt)),
                new Text(version.Revision is { Length: > RevisionDigits } revision ? revision[..RevisionDigits] : ""),
                new Text(string.Create(CultureInfo.InvariantCulture, $"{version.Size / 1e6:0} MB")),
                new Text(version.IsCurrent ? "current" : ""));
        }

        Consoles.For(host).Write(table);
    }

    private static string Time(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
