using Seatrial.Worker.Processing;

namespace Seatrial.Worker.Http;

/// <summary>What a flow serves over HTTP; nothing unless it says so.</summary>
internal sealed record ServedFlow
{
    /// <summary>The queue that <c>POST /records</c> puts into; null where none is taken in.</summary>
    public QueueHandler? TakesIn { get; init; }

    /// <summary>Whether <c>GET /records/KEY</c> is answered.</summary>
    public bool Records { get; init; }

    /// <summary>The table or view that <c>GET /results</c> pages through, with the columns of its order.</summary>
    public (string Relation, IReadOnlyList<string> Order)? Results { get; init; }

    public bool IsAnything => TakesIn is not null || Records || Results is not null;

    /// <summary>The paths, for those who ask for another.</summary>
    public IEnumerable<string> Paths
    {
        get
        {
            if (TakesIn is not null)
            {
                yield return "POST /records";
            }

            if (Records)
            {
                yield return "GET /records/KEY";
            }

            if (Results is not null)
            {
                yield return "GET /results";
            }
        }
    }
}
