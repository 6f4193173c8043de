namespace Seatrial.Worker.Prefect;

/// <summary>Prefect's names of states that are spoken of here.</summary>
internal static class StateTypes
{
    public const string Running = "RUNNING";
    public const string Completed = "COMPLETED";
    public const string Crashed = "CRASHED";
    public const string Cancelling = "CANCELLING";
    public const string Cancelled = "CANCELLED";
    public const string Failed = "FAILED";

    /// <summary>Whether nothing comes after it.</summary>
    public static bool IsFinal(string? type) => type is Completed or Crashed or Cancelled or Failed;

    /// <summary>As pages show it.</summary>
    public static string NameOf(string type) => type[..1] + type[1..].ToLowerInvariant();
}
