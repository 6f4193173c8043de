using Seatrial.Engine.Text;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary><c>pull_policy</c>.</summary>
internal static class PullPolicyReader
{
    private static readonly string[] _words =
        ["always", "never", "missing", "if_not_present", "build", "refresh", "daily", "weekly"];

    public static string? Read(Field field)
    {
        const string Every = "every_";
        if (field.Text() is { } text && text.StartsWith(Every, StringComparison.Ordinal))
        {
            if (Durations.Parse(text[Every.Length..]) is not { Ticks: > 0 })
            {
                field.Error($"is {text}, and {text[Every.Length..]} is no duration.", "Write every_12h, daily or weekly.");
            }

            return text;
        }

        return field.OneOf(_words);
    }
}
