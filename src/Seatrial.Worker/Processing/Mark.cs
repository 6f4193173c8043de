namespace Seatrial.Worker.Processing;

/// <summary>A place in the order of claims.</summary>
internal readonly record struct Mark(DateTime RunAt, long Id) : IComparable<Mark>
{
    /// <summary>Before everything: DateTime.MinValue is PostgreSQL's -infinity.</summary>
    public static Mark Front => default;

    public int CompareTo(Mark other) =>
        RunAt.CompareTo(other.RunAt) is not 0 and var order ? order : Id.CompareTo(other.Id);
}
