using System.Text.RegularExpressions;
using Seatrial.Testing;

namespace Seatrial.Trials.Tests;

/// <summary>The commands that the README tells a newcomer to type.</summary>
internal static partial class ReadmeCommands
{
    /// <summary>Lines of its code blocks that begin with <c>./</c>, in order.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. Command().Matches(File.ReadAllText(Repository.PathOf("README.md"))).Select(match => match.Value)];

    [GeneratedRegex(@"^\./.+$", RegexOptions.Multiline)]
    private static partial Regex Command();
}
