using Seatrial.Engine.Histories;

namespace Seatrial.Reports.Html;

/// <summary>The mark of each kind of event, told by shape and not by colour alone.</summary>
internal static class SwimMarks
{
    /// <summary>A path around a point.</summary>
    public static string Path(EventKind kind, double x, double y) => kind switch
    {
        EventKind.Enqueue => At(x, y, "m-5 -5h10v10h-10z m2 2v6h6v-6z"),
        EventKind.Claim => At(x, y, "m-5 -6l11 6l-11 6z"),
        EventKind.Release => At(x, y, "m5 -6l-11 6l11 6z"),
        EventKind.Expire => At(x, y, "m-6 -4l2 -2l4 4l4 -4l2 2l-4 4l4 4l-2 2l-4 -4l-4 4l-2 -2l4 -4z"),
        EventKind.Done => At(x, y, "m-5 -5h10v10h-10z"),
        EventKind.Effect => At(x, y, "m0 -7l7 7l-7 7l-7 -7z"),
        EventKind.Renew => At(x, y, "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z"),
        EventKind.Dead or EventKind.Removed or EventKind.Illegal => At(x, y, "m-6 -2h4v-4h4v4h4v4h-4v4h-4v-4h-4z"),
    };

    private static string At(double x, double y, string shape) =>
        FormattableString.Invariant($"M{x:0.#} {y:0.#}{shape}");
}
