using System.Globalization;
using CsvHelper;

namespace Seatrial.Engine.Specs;

/// <summary>The header of a CSV file.</summary>
internal static class CsvColumns
{
    /// <summary>
    /// The columns; null, with the reason, when the file can't be read, or has no header or no records.
    /// </summary>
    public static IReadOnlyList<string>? Read(string file, out string? reason)
    {
        reason = null;
        try
        {
            using var reader = new StreamReader(file);
            using var parser = new CsvParser(reader, CultureInfo.InvariantCulture);
            if (parser.Read() && parser.Record is { } columns && parser.Read())
            {
                return columns;
            }

            reason = "It has no line below its header.";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CsvHelperException)
        {
            reason = exception is CsvHelperException ? "Its first lines are not CSV." : exception.Message;
        }

        return null;
    }
}
