using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using Seatrial.Engine;
using Seatrial.Engine.Text;

namespace Seatrial.Cli.Standing;

/// <summary><c>seatrial logs [SYSTEM] [SERVICE]…</c>.</summary>
internal static class LogsCommand
{
    private static readonly TimeSpan _patternLimit = TimeSpan.FromSeconds(1);

    private static readonly Option<bool> _follow = new("--follow", "-f") { Description = "Go on with what comes." };

    private static readonly Option<int?> _tail = new("--tail", "-n")
    {
        Description = "How many of the last lines of each container.",
        CustomParser = WholeNumbers.Parse<int>,
    };

    private static readonly Option<string?> _since = new("--since")
    {
        Description = "From a time on: 10m, 1h30m, or 2026-01-31T12:00:00Z.",
    };

    private static readonly Option<string?> _until = new("--until") { Description = "Up to a time, as --since." };

    private static readonly Option<bool> _timestamps = new("--timestamps", "-t")
    {
        Description = "With times, in UTC.",
    };

    private static readonly Option<bool> _noPrefix = new("--no-log-prefix")
    {
        Description = "Without container names.",
    };

    private static readonly Option<string?> _grep = new("--grep")
    {
        Description = "Only lines that match a regular expression.",
    };

    public static Command Create(ProgramHost host)
    {
        var command = new Command("logs", "Show what containers wrote, dead ones too.")
        {
            _follow,
            _tail,
            _since,
            _until,
            _timestamps,
            _noPrefix,
            _grep,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, host, cancellationToken));
        return StandingSystem.AddTo(command);
    }

    private static async Task<int> RunAsync(ParseResult parsed, ProgramHost host, CancellationToken cancellationToken)
    {
        var choice = new LogChoice
        {
            Follow = parsed.GetValue(_follow),
            Tail = parsed.GetValue(_tail),
            Since = Instant(parsed.GetValue(_since), _since, host),
            Until = Instant(parsed.GetValue(_until), _until, host),
            Timestamps = parsed.GetValue(_timestamps),
            NoPrefix = parsed.GetValue(_noPrefix),
            Pattern = Pattern(parsed.GetValue(_grep)),
        };
        await using var system = await StandingSystem.OpenAsync(parsed, host, cancellationToken);
        var containers = await system.ContainersAsync(cancellationToken);
        using var printer = new LogPrinter(system.Driver, host);
        await (choice.Follow
            ? printer.FollowAsync(containers, choice, cancellationToken)
            : printer.PrintAsync(containers, choice, cancellationToken));
        return (int)ExitCode.Pass;
    }

    private static DateTimeOffset? Instant(string? text, Option option, ProgramHost host)
    {
        if (text is null)
        {
            return null;
        }

        if (Durations.Parse(text) is { } ago)
        {
            return host.Clock.GetUtcNow() - ago;
        }

        return DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : throw new SeatrialException(
                ExitCode.Usage,
                $"'{text}' is no time.",
                $"command line: {option.Name}",
                "Write how long ago (90s, 10m, 1h30m), or a time as 2026-01-31T12:00:00Z.");
    }

    private static Regex? Pattern(string? text)
    {
        try
        {
            return text is null ? null : new Regex(text, RegexOptions.CultureInvariant, _patternLimit);
        }
        catch (RegexParseException e)
        {
            throw new SeatrialException(
                ExitCode.Usage, $"'{text}' is no regular expression: {e.Message}", "command line: --grep",
                "Correct it; special characters are taken literally after a backslash.");
        }
    }
}
