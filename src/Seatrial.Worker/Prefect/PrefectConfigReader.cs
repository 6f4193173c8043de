using Seatrial.Worker.Configuration;

namespace Seatrial.Worker.Prefect;

/// <summary>Turns settings into a <see cref="PrefectConfig"/>.</summary>
internal static class PrefectConfigReader
{
    /// <summary>
    /// Null when no Prefect is named; its own variables name it everywhere else, so they hold here too.
    /// </summary>
    public static PrefectConfig? Read(VariableReader reader, SettingSources sources, string stateFolder)
    {
        var url = reader.Endpoint(PrefectOptions.ApiUrl, sources.Foreign("PREFECT_API_URL"));
        var authentication = reader.Given(
            PrefectOptions.Authentication, sources.Foreign("PREFECT_API_AUTH_STRING"))?.Text;
        var config = new PrefectConfig
        {
            ApiUrl = url ?? new Uri(PrefectOptions.ApiUrl.Example),
            Authentication = authentication,
            StateFolder = stateFolder,
            IdleAfter = reader.Duration(PrefectOptions.IdleAfter),
            StepLength = reader.Duration(PrefectOptions.StepLength),
            Timeout = reader.Duration(PrefectOptions.Timeout),
            RequestsPerSecond = reader.Whole(PrefectOptions.RequestsPerSecond, 0),
            ReadBackAfter = reader.Duration(PrefectOptions.ReadBackAfter),
            FlushTimeout = reader.Duration(PrefectOptions.FlushTimeout),
            MaxRows = reader.Whole(PrefectOptions.MaxRows, 0),
            MaxAge = reader.Duration(PrefectOptions.MaxAge),
            RetryConfig = DependencyReader.Retry(reader, PrefectOptions.FirstDelay, PrefectOptions.MaxDelay),
        };
        return url is null ? null : config;
    }
}
