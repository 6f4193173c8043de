namespace Seatrial.Engine.Workloads;

/// <summary>How many records come while a phase of the load lasts; times are seconds since it began, rates records a
/// second.</summary>
public abstract record LoadShape
{
    private const int Halvings = 50;

    private LoadShape()
    {
    }

    /// <summary>How many have come by then: never falls; 0 at 0.</summary>
    public abstract double CountAt(double seconds, double lasts);

    /// <summary>The highest rate.</summary>
    public abstract double Peak(double lasts);

    /// <summary>When the record of this number, from 0, comes: the count's inverse, found by halving.</summary>
    public virtual double DueAt(long record, double lasts)
    {
        var (low, high) = (0.0, lasts);
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = CountAt(middle, lasts) <= record ? (middle, high) : (low, middle);
        }

        return low;
    }

    /// <summary>The same rate all the time.</summary>
    public sealed record Constant(double Rate) : LoadShape
    {
        /// <inheritdoc/>
        public override double CountAt(double seconds, double lasts) => Rate * seconds;

        /// <inheritdoc/>
        public override double Peak(double lasts) => Rate;

        /// <inheritdoc/>
        public override double DueAt(long record, double lasts) => record / Rate;
    }

    /// <summary>From one rate to another in a straight line.</summary>
    public sealed record Ramp(double From, double To) : LoadShape
    {
        /// <inheritdoc/>
        public override double CountAt(double seconds, double lasts) =>
            (From * seconds) + ((To - From) * seconds * seconds / (2 * lasts));

        /// <inheritdoc/>
        public override double Peak(double lasts) => Math.Max(From, To);
    }

    /// <summary>One rate after the other, each for the same part of the time.</summary>
    public sealed record Steps(IReadOnlyList<double> Rates) : LoadShape
    {
        /// <inheritdoc/>
        public override double CountAt(double seconds, double lasts)
        {
            var each = lasts / Rates.Count;
            var step = Math.Clamp((int)(seconds / each), 0, Rates.Count - 1);
            return (Rates.Take(step).Sum() * each) + (Rates[step] * (seconds - (step * each)));
        }

        /// <inheritdoc/>
        public override double Peak(double lasts) => Rates.Max();
    }

    /// <summary>One rate, and another in the middle tenth of the time.</summary>
    public sealed record Spike(double Usual, double High) : LoadShape
    {
        private const double Begin = 0.45;
        private const double End = 0.55;

        /// <inheritdoc/>
        public override double CountAt(double seconds, double lasts) =>
            (Usual * seconds)
            + ((High - Usual) * (Math.Clamp(seconds, Begin * lasts, End * lasts) - (Begin * lasts)));

        /// <inheritdoc/>
        public override double Peak(double lasts) => Math.Max(Usual, High);
    }

    /// <summary>Up and down between two rates, from the middle upwards, once in a period.</summary>
    public sealed record Sine(double Least, double Most, double Period) : LoadShape
    {
        /// <inheritdoc/>
        public override double CountAt(double seconds, double lasts)
        {
            var turn = 2 * Math.PI / Period;
            return ((Least + Most) / 2 * seconds) + ((Most - Least) / 2 / turn * (1 - Math.Cos(turn * seconds)));
        }

        /// <inheritdoc/>
        public override double Peak(double lasts) => Most;
    }

    /// <summary>As they came once: seconds since the first, in order.</summary>
    public sealed record Replay(IReadOnlyList<double> Times) : LoadShape
    {
        private const double Window = 1;

        /// <inheritdoc/>
        public override double CountAt(double seconds, double lasts)
        {
            var (low, high) = (0, Times.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = Times[middle] < seconds ? (middle + 1, high) : (low, middle);
            }

            return low;
        }

        /// <inheritdoc/>
        public override double Peak(double lasts) => Times.Count == 0
            ? 0 : Times.Max(time => CountAt(time + Window, lasts) - CountAt(time, lasts)) / Window;

        /// <inheritdoc/>
        public override double DueAt(long record, double lasts) => Times[(int)record];
    }
}
