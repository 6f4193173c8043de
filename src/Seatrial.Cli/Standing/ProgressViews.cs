using System.CommandLine;
using Seatrial.Engine.Environments;

namespace Seatrial.Cli.Standing;

/// <summary>What shows an environment's way up or down.</summary>
internal interface IProgressView : IProgress<EnvironmentEvent>, IAsyncDisposable;

/// <summary>The view that was asked for, or that fits where the output goes.</summary>
internal static class ProgressViews
{
    private const string Auto = "auto";
    private const string Tty = "tty";
    private const string Plain = "plain";
    private const string Json = "json";
    private const string Quiet = "quiet";

    public static Option<string> Option { get; } = Create();

    public static IProgressView For(ParseResult parsed, ProgramHost host) => parsed.GetValue(Option) switch
    {
        Json => new JsonProgress(host.Out),
        Plain => new PlainProgress(host.Error),
        Quiet => new PlainProgress(TextWriter.Null),
        Tty => new LiveProgress(Consoles.For(host with { Interactive = true }), host.Clock),
        _ when host.Interactive => new LiveProgress(Consoles.For(host), host.Clock),
        _ => new PlainProgress(host.Error),
    };

    private static Option<string> Create()
    {
        var option = new Option<string>("--progress")
        {
            Description = "How progress shows.",
            DefaultValueFactory = _ => Auto,
        };
        option.AcceptOnlyFromAmong(Auto, Tty, Plain, Json, Quiet);
        return option;
    }
}
