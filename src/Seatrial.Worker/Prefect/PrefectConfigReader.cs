using Seatrial.Worker.Configuration;

namespace Seatrial.Worker.Prefect;

/// <summary>Turns variables into a <see cref="PrefectConfig"/>.</summary>
internal static class PrefectConfigReader
{
    /// <summary>Null when no Prefect is named, or when what is named can't be one: a problem says so then.</summary>
    public static (PrefectConfig? Config, IReadOnlyList<ConfigurationProblem> Problems) Read(
        IReadOnlyDictionary<string, string> variables)
    {
        var reader = new VariableReader(variables);
        if (Url(reader) is not { } url)
        {
            return (null, reader.Problems);
        }

        var preset = new PrefectConfig { ApiUrl = url };
        var config = preset with
        {
            Authentication = reader.Text(PrefectVariables.Authentication),
            StateFolder = reader.Text(PrefectVariables.StateFolder) ?? preset.StateFolder,
            IdleAfter = reader.Duration(PrefectVariables.IdleAfter, Millis(100), Hours(1), preset.IdleAfter),
            StepLength = reader.Duration(PrefectVariables.StepLength, Millis(100), Hours(1), preset.StepLength),
            Timeout = reader.Duration(PrefectVariables.Timeout, Millis(100), Hours(1), preset.Timeout),
            RequestsPerSecond = reader.Integer(
                PrefectVariables.RequestsPerSecond, 1, 1000, preset.RequestsPerSecond),
            ReadBackAfter = reader.Duration(
                PrefectVariables.ReadBackAfter, Millis(100), Hours(1), preset.ReadBackAfter),
            FlushTimeout = reader.Duration(PrefectVariables.FlushTimeout, Millis(1), Hours(1), preset.FlushTimeout),
            MaxRows = reader.Integer(PrefectVariables.MaxRows, 100, 10_000_000, preset.MaxRows),
            MaxAge = reader.Duration(PrefectVariables.MaxAge, Hours(1), Hours(24 * 365), preset.MaxAge),
            RetryConfig = Retry(reader, preset.RetryConfig),
        };
        return (config, reader.Problems);
    }

    private static Uri? Url(VariableReader reader)
    {
        if (reader.Text(PrefectVariables.ApiUrl) is not { } text)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
        {
            return url;
        }

        reader.Fault(
            PrefectVariables.ApiUrl, "is not the address of an API.",
            $"set {PrefectVariables.ApiUrl}=http://prefect:4200/api, or unset it to go without Prefect.");
        return null;
    }

    private static RetryConfig Retry(VariableReader reader, RetryConfig preset)
    {
        var first = reader.Duration(PrefectVariables.RetryFirstDelay, Millis(1), Hours(24), preset.FirstDelay);
        var most = reader.Duration(PrefectVariables.RetryMaxDelay, Millis(1), Hours(24), preset.MaxDelay);
        return new RetryConfig { FirstDelay = first < most ? first : most, MaxDelay = most };
    }

    private static TimeSpan Millis(int count) => TimeSpan.FromMilliseconds(count);

    private static TimeSpan Hours(int count) => TimeSpan.FromHours(count);
}
