namespace Seatrial.Engine;

/// <summary>A place in a file that a user wrote; line and column count from 1.</summary>
public sealed record SourcePosition(string File, int Line, int Column)
{
    /// <summary>The form that editors and terminals open: <c>compose.yaml:41:9</c>.</summary>
    public override string ToString() => $"{File}:{Line}:{Column}";
}
