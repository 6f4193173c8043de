using Seatrial.Engine.Histories;

namespace Seatrial.Reports.Html;

/// <summary>What happened, as a participle.</summary>
internal static class EventNames
{
    public static string Of(EventKind kind) => kind switch
    {
        EventKind.Enqueue => "enqueued",
        EventKind.Claim => "claimed",
        EventKind.Renew => "renewed",
        EventKind.Release => "released",
        EventKind.Expire => "expired",
        EventKind.Done => "done",
        EventKind.Dead => "dead",
        EventKind.Effect => "effect",
        EventKind.Removed => "removed",
        EventKind.Illegal => "illegal",
    };
}
