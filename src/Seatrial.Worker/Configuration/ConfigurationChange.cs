using Npgsql;

namespace Seatrial.Worker.Configuration;

/// <summary>A setting that is not what it was.</summary>
/// <param name="Variable">Its name.</param>
/// <param name="IsLive">Whether it is taken up while the worker runs.</param>
internal sealed record ConfigurationChange(string Variable, bool IsLive)
{
    /// <summary>In the order of their names.</summary>
    public static IReadOnlyList<ConfigurationChange> Between(
        IReadOnlyDictionary<string, ReadSetting> before, IReadOnlyDictionary<string, ReadSetting> after) =>
    [
        .. from variable in before.Keys.Union(after.Keys).Order(StringComparer.Ordinal)
           let old = before.GetValueOrDefault(variable)
           let now = after.GetValueOrDefault(variable)
           where old?.Given?.Text != now?.Given?.Text
           select new ConfigurationChange(variable, IsLiveBetween(old, now)),
    ];

    // A pool whose first connection had no password has nothing that asks for one.
    private static bool IsLiveBetween(ReadSetting? old, ReadSetting? now) =>
        old is not null && now is not null && (
            (now.Option.IsLive && (!now.Option.IsSecret || (old.Given is not null && now.Given is not null)))
            || DiffersByPasswordOnly(old, now));

    private static bool DiffersByPasswordOnly(ReadSetting old, ReadSetting now)
    {
        if (!now.Option.Variable.EndsWith("__CONNECTION_STRING", StringComparison.Ordinal)
            || old.Given is null || now.Given is null)
        {
            return false;
        }

        var (one, other) = (
            new NpgsqlConnectionStringBuilder(old.Given.Text), new NpgsqlConnectionStringBuilder(now.Given.Text));
        if (string.IsNullOrEmpty(one.Password) || string.IsNullOrEmpty(other.Password))
        {
            return false;
        }

        one.Password = other.Password;
        return one.EquivalentTo(other);
    }
}
