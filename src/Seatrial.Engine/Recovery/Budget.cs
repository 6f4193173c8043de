using System.Globalization;

namespace Seatrial.Engine.Recovery;

/// <summary>What a measure may be at most.</summary>
public sealed record Budget
{
    public required Measure Measure { get; init; }

    /// <summary>The kind of fault that it is for; null is every kind, and for waste the whole run.</summary>
    public string? Fault { get; init; }

    /// <summary>Seconds, or, for waste, a part from 0 to 1.</summary>
    public required double Most { get; init; }

    /// <summary>Whether the record's own lease is granted on top.</summary>
    public bool AboveLease { get; init; }

    /// <summary>Whether the system's file says it, so that a measure that nothing shows is not known rather than
    /// good.</summary>
    public bool Asked { get; init; }

    /// <summary>As it is written: <c>5 s</c>, <c>lease + 2 s</c>, <c>2 %</c>.</summary>
    public string Text() => Measure is Measure.Waste
        ? string.Create(CultureInfo.InvariantCulture, $"{Most * 100:0.##} %")
        : (AboveLease, Most) switch
        {
            (true, 0) => "lease",
            (true, _) => $"lease + {Seconds()}",
            (false, _) => Seconds(),
        };

    private string Seconds() => string.Create(CultureInfo.InvariantCulture, $"{Most:0.###} s");
}
