using System.Globalization;

namespace Seatrial.Engine.Measurements.Resources;

/// <summary>Picks the few figures that matter out of Prometheus's text form.</summary>
internal static class RuntimeText
{
    private const string PoolName = "db_client_connection_pool_name";

    /// <summary>Null where there is none of them.</summary>
    public static RuntimeSample? Parse(string text)
    {
        double? paused = null, queued = null;
        var (taken, most) = (new Dictionary<string, double>(), new Dictionary<string, double>());
        foreach (var line in text.Split('\n'))
        {
            var space = line.LastIndexOf(' ');
            if (space < 0 || line[0] is '#'
                || !double.TryParse(line.AsSpan(space + 1), CultureInfo.InvariantCulture, out var value))
            {
                continue;
            }

            switch (line[..space].Split('{', 2)[0])
            {
                case "dotnet_gc_pause_time_seconds_total":
                    paused = value;
                    break;
                case "dotnet_thread_pool_queue_length" or "dotnet_thread_pool_queue_length_total":
                    queued = value;
                    break;
                case "db_client_connection_count" when line.Contains("state=\"used\"", StringComparison.Ordinal):
                    taken[PoolOf(line)] = value;
                    break;
                case "db_client_connection_max":
                    most[PoolOf(line)] = value;
                    break;
                default:
                    break;
            }
        }

        var fullest = most.Where(pool => pool.Value > 0).OrderByDescending(
            pool => taken.GetValueOrDefault(pool.Key) / pool.Value).FirstOrDefault();
        return paused is null && queued is null && fullest.Key is null ? null : new RuntimeSample(
            paused, queued, fullest.Key is null ? null : taken.GetValueOrDefault(fullest.Key),
            fullest.Key is null ? null : fullest.Value);
    }

    private static string PoolOf(string line)
    {
        var from = line.IndexOf(PoolName + "=\"", StringComparison.Ordinal);
        if (from < 0)
        {
            return "";
        }

        from += PoolName.Length + 2;
        var to = line.IndexOf('"', from);
        return to < 0 ? line[from..] : line[from..to];
    }
}
