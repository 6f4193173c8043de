using Spectre.Console;

namespace Seatrial.Cli;

/// <summary>Tables without lines, as the field's tools write them.</summary>
internal static class Tables
{
    public static Table Plain(params string[] columns)
    {
        var table = new Table().Border(TableBorder.None).AddColumns(columns);
        foreach (var column in table.Columns)
        {
            column.PadLeft(0).PadRight(3);
        }

        return table;
    }
}
