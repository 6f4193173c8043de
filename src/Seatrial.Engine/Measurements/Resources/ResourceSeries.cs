namespace Seatrial.Engine.Measurements.Resources;

/// <summary>One life of a container: one that was started again has a further one.</summary>
/// <param name="Container">Its name in reports, e.g. <c>rpa1-2b</c>; <see cref="Host"/> for the whole
/// machine.</param>
/// <param name="Service">Its service; empty for the machine.</param>
/// <param name="Addresses">Of its networks.</param>
/// <param name="Samples">In order.</param>
public sealed record ResourceSeries(
    string Container, string Service, IReadOnlyList<string> Addresses, IReadOnlyList<ResourceSample> Samples)
{
    /// <summary>What the machine as a whole is called.</summary>
    public const string Host = "host";

    /// <summary>Cores used between two instants; null where no two samples lie between them.</summary>
    public double? Cores(DateTimeOffset from, DateTimeOffset to) => Rate(sample => sample.Cpu, from, to);

    /// <summary>What a counter grew by in a second between two instants; null where no two samples lie between
    /// them.</summary>
    public double? Rate(Func<ResourceSample, double?> counter, DateTimeOffset from, DateTimeOffset to)
    {
        var first = Samples.FirstOrDefault(sample => sample.At >= from && counter(sample) is not null);
        var last = Samples.LastOrDefault(sample => sample.At <= to && counter(sample) is not null);
        return first is null || last is null || last.At <= first.At ? null
            : (counter(last) - counter(first)) / (last.At - first.At).TotalSeconds;
    }
}
