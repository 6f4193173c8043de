using System.CommandLine;

namespace Seatrial.Cli.Standing;

/// <summary>How long containers have between their stop signal and their kill.</summary>
internal static class GracePeriods
{
    public static Option<int?> Option { get; } = new("--timeout", "-t")
    {
        Description = "Seconds between stop signal and kill; what each container asks for, if not given.",
        CustomParser = WholeNumbers.Parse<int>,
    };

    public static TimeSpan? Of(ParseResult parsed) =>
        parsed.GetValue(Option) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
}
