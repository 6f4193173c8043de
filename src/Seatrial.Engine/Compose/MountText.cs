namespace Seatrial.Engine.Compose;

/// <summary>A mount in its short form: <c>[source:]target[:option,option]</c>.</summary>
internal sealed record MountText(string? Source, string Target, IReadOnlyList<string> Options)
{
    /// <summary>How mounts below a bind are shared.</summary>
    public static readonly IReadOnlyList<string> Propagations =
        ["rprivate", "private", "rshared", "shared", "rslave", "slave"];

    /// <summary>Null when it has more parts than three.</summary>
    public static MountText? Parse(string text) => text.Split(':') switch
    {
        [var target] => new MountText(null, target, []),
        [var source, var target] => new MountText(source, target, []),
        [var source, var target, var options] => new MountText(source, target, options.Split(',')),
        _ => null,
    };

    /// <summary>Whether a source is a path, not the name of a volume.</summary>
    public static bool IsPath(string source) => source.Length > 0 && source[0] is '.' or '/' or '~';
}
