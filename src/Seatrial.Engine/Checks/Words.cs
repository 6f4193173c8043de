using System.Globalization;

namespace Seatrial.Engine.Checks;

/// <summary>Numbers in sentences.</summary>
internal static class Words
{
    /// <summary><c>1 record</c>, <c>2 records</c>, <c>21483 records</c>.</summary>
    public static string Count(long count, string singular, string? plural = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? singular : plural ?? singular + "s")}");
}
