using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary><c>restart</c>: a word, or <c>on-failure:N</c>; <c>deploy.restart_policy</c> wins over it.</summary>
internal static class RestartReader
{
    private const string Counted = "on-failure:";

    public static string? Read(Field field, Field policy)
    {
        var restart = Plain(field);
        if (!policy.IsMap)
        {
            return restart;
        }

        var most = policy["max_attempts"].Whole(0) is > 0 and var attempts ? $":{attempts}" : "";
        return policy["condition"].Node is YamlNode.Scalar { Text: var condition } ? condition switch
        {
            "none" => "no",
            "on-failure" => "on-failure" + most,
            _ => "always",
        }
        : "always";
    }

    private static string? Plain(Field field)
    {
        if (field.Text() is not { } text)
        {
            return null;
        }

        return text.StartsWith(Counted, StringComparison.Ordinal) && uint.TryParse(text[Counted.Length..], out _)
            ? text
            : field.OneOf("no", "always", "unless-stopped", "on-failure");
    }
}
