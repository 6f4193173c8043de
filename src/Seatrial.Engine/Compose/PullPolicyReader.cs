using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary><c>pull_policy</c>.</summary>
internal static class PullPolicyReader
{
    private static readonly string[] _words =
        ["always", "never", "missing", "if_not_present", "build", "refresh", "daily", "weekly"];

    public static string? Read(Field field)
    {
        if (field.Text() is { } text && text.StartsWith("every_", StringComparison.Ordinal))
        {
            return text;
        }

        return field.OneOf(_words);
    }
}
