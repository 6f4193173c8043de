namespace Seatrial.Engine.Specs;

/// <summary>Records from one file.</summary>
/// <param name="File">CSV with a header.</param>
/// <param name="KeyColumn">The column that names a record.</param>
/// <param name="KeyPrefix">Goes before the name; no two kinds of a mix have the same.</param>
/// <param name="Weight">How often such a record comes, beside the other kinds' weights.</param>
public sealed record RecordKind(string File, string KeyColumn, string KeyPrefix, int Weight = 1);
