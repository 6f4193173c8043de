using Seatrial.Engine.Faults.Kinds;

namespace Seatrial.Engine.Faults;

/// <summary>
/// Every kind of fault that there is. Names, keys and meanings in <c>seatrial.yaml</c>, its schema, the documentation
/// and the terminal all come from here; a new kind is a new entry.
/// </summary>
public static class FaultCatalogue
{
    private static readonly Dictionary<string, FaultKind> _byName = Ordered().ToDictionary(kind => kind.Name);

    /// <summary>In the order in which they are listed: by lane.</summary>
    public static IReadOnlyList<FaultKind> All { get; } = [.. Ordered()];

    /// <summary>Their names, in the same order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(kind => kind.Name)];

    /// <summary>The kind of a name that is in <see cref="Names"/>.</summary>
    public static FaultKind Of(string name) => _byName[name];

    private static IEnumerable<FaultKind> Ordered() =>
    [
        .. ProcessKinds.All, .. NetworkKinds.All, .. ProxyKinds.All, .. ResourceKinds.All, .. DatabaseKinds.All,
        .. ServiceKinds.All,
    ];
}
