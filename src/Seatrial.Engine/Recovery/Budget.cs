using System.Globalization;

namespace Seatrial.Engine.Recovery;

/// <summary>What a measure may be at most.</summary>
public sealed record Budget
{
    public required Measure Measure { get; init; }

    /// <summary>The kind of fault that it is for; null is every kind, and for waste the whole run.</summary>
    public string? Fault { get; init; }

    /// <summary>Seconds; for waste a part from 0 to 1, for the processor cores.</summary>
    public required double Most { get; init; }

    /// <summary>Whether the record's own lease is granted on top.</summary>
    public bool AboveLease { get; init; }

    /// <summary>Whether the system's file says it, so that a measure that nothing shows is not known rather than
    /// good.</summary>
    public bool Asked { get; init; }

    /// <summary>As it is written: <c>5 s</c>, <c>lease + 2 s</c>, <c>2 %</c>, <c>0.5 cores</c>.</summary>
    public string Text() => (Measure, AboveLease, Most) switch
    {
        (Measure.Waste, _, _) => string.Create(CultureInfo.InvariantCulture, $"{Most * 100:0.##} %"),
        (Measure.Processor, _, _) => string.Create(CultureInfo.InvariantCulture, $"{Most:0.##} cores"),
        (_, true, 0) => "lease",
        (_, true, _) => $"lease + {Seconds()}",
        (_, false, _) => Seconds(),
    };

    private string Seconds() => string.Create(CultureInfo.InvariantCulture, $"{Most:0.###} s");
}
