namespace Seatrial.Engine.Workloads;

/// <summary>How the highest rate is looked for.</summary>
/// <param name="From">The first rate that is tried, records a second.</param>
/// <param name="To">The highest that is.</param>
/// <param name="Trial">How long each trial lasts.</param>
/// <param name="Trials">How many there are at most.</param>
/// <param name="Within">How close it is to be known, as a part of the rate.</param>
public sealed record CapacityLimits(double From, double To, TimeSpan Trial, int Trials, double Within);

/// <summary>What became of a trial at a rate.</summary>
public enum CapacityTrial
{
    /// <summary>The objectives held.</summary>
    Held,

    /// <summary>They did not.</summary>
    Missed,

    /// <summary>The generator did not keep the rate, so nothing is known of the system.</summary>
    NotKept,
}

/// <summary>What a search came to.</summary>
/// <param name="Highest">The highest rate at which the objectives held; null when there was none.</param>
/// <param name="Lowest">The lowest at which they did not; null when none was tried: the system can do more.</param>
/// <param name="Trials">How many trials it took.</param>
/// <param name="NotKept">The rate that the generator could not keep; null when it kept all.</param>
public sealed record CapacityResult(double? Highest, double? Lowest, int Trials, double? NotKept);

/// <summary>
/// The highest rate that holds the objectives, by short trials: doubled until one misses, then halved between. A system
/// is not the same twice, so a rate counts as missed when it is missed twice.
/// </summary>
/// <remarks>After MLRsearch, RFC 9971: a bracket, short trials, and a bad one tolerated.</remarks>
public sealed class CapacitySearch(CapacityLimits limits)
{
    private double? _held;
    private double? _missed;
    private double? _notKept;
    private int _trials;

    /// <summary>Runs trials until the rate is known closely enough, or there have been enough.</summary>
    /// <param name="tryAsync">Runs one at a rate.</param>
    public async Task<CapacityResult> RunAsync(Func<double, Task<CapacityTrial>> tryAsync)
    {
        while (_trials < limits.Trials && Next() is { } rate)
        {
            switch (await TryAsync(rate, tryAsync))
            {
                case CapacityTrial.Held:
                    _held = rate;
                    break;
                case CapacityTrial.Missed:
                    _missed = rate;
                    break;
                case CapacityTrial.NotKept:
                    _notKept = rate;
                    break;
            }
        }

        return new CapacityResult(_held, _missed, _trials, _notKept);
    }

    private async Task<CapacityTrial> TryAsync(double rate, Func<double, Task<CapacityTrial>> tryAsync)
    {
        _trials++;
        var first = await tryAsync(rate);
        if (first is not CapacityTrial.Missed || _trials == limits.Trials)
        {
            return first;
        }

        _trials++;
        return await tryAsync(rate);
    }

    private double? Next() => (_held, Over) switch
    {
        (null, null) => limits.From,
        ({ } held, null) => held < limits.To ? Math.Min(held * 2, limits.To) : null,
        (null, { } over) => over > 1 ? Math.Max(Math.Round(over / 2), 1) : null,
        ({ } held, { } over) => over - held > limits.Within * held ? Math.Round((held + over) / 2) : null,
    };

    /// <summary>What is above it is not worth a trial.</summary>
    private double? Over => (_missed, _notKept) switch
    {
        ({ } missed, { } notKept) => Math.Min(missed, notKept),
        _ => _missed ?? _notKept,
    };
}
