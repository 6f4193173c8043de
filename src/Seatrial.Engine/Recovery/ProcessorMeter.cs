using System.Globalization;
using Seatrial.Engine.Histories;

namespace Seatrial.Engine.Recovery;

/// <summary>What a fault has workers burn: those that have nothing to do should do nothing.</summary>
internal static class ProcessorMeter
{
    /// <summary>Less is too short to tell.</summary>
    private static readonly TimeSpan _least = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan _before = TimeSpan.FromSeconds(3);

    /// <summary>Of the worker that used most beyond what it had used before; null where none lived through
    /// it.</summary>
    public static Figure Of(Span span, IReadOnlyList<ProcessorUse> processors)
    {
        var none = new Figure { Measure = Measure.Processor };
        if (span.Healed is not { } healed)
        {
            return none;
        }

        var (begin, from, to) = (
            Instants.ToDateTimeOffset(span.Begin), Instants.ToDateTimeOffset(span.Injected),
            Instants.ToDateTimeOffset(healed));
        if (to - from < _least)
        {
            return none;
        }

        var seen = processors
            .Select(one => (one.Container, Before: one.Cores(begin - _before, begin), Then: one.Cores(from, to)))
            .Where(one => one is { Before: not null, Then: not null })
            .ToList();
        if (seen.Count == 0)
        {
            return none;
        }

        var (container, before, then) = seen.MaxBy(one => one.Then - one.Before);
        return none with
        {
            Value = Math.Max(0, then.GetValueOrDefault() - before.GetValueOrDefault()),
            Seen = string.Create(
                CultureInfo.InvariantCulture, $"{container} used {then:0.00} cores, and {before:0.00} before"),
        };
    }
}
