namespace Seatrial.Worker.Prefect;

/// <summary>Names of the variables that this part reads.</summary>
internal static class PrefectVariables
{
    /// <summary>Prefect's own name; empty or unset, there is no Prefect.</summary>
    public const string ApiUrl = "PREFECT_API_URL";

    /// <summary>Prefect's own name; <c>user:password</c>.</summary>
    public const string Authentication = "PREFECT_API_AUTH_STRING";

    public const string StateFolder = "CONTAINER_STATE_FOLDER";

    public const string IdleAfter = "CONTAINER_PREFECT__IDLE_AFTER";

    public const string StepLength = "CONTAINER_PREFECT__STEP_LENGTH";

    public const string Timeout = "CONTAINER_PREFECT__TIMEOUT";

    public const string RequestsPerSecond = "CONTAINER_PREFECT__REQUESTS_PER_SECOND";

    public const string ReadBackAfter = "CONTAINER_PREFECT__READ_BACK_AFTER";

    public const string FlushTimeout = "CONTAINER_PREFECT__FLUSH_TIMEOUT";

    public const string MaxRows = "CONTAINER_PREFECT__MAX_ROWS";

    public const string MaxAge = "CONTAINER_PREFECT__MAX_AGE";

    public const string RetryFirstDelay = "CONTAINER_PREFECT__RETRY_CONFIG__FIRST_DELAY";

    public const string RetryMaxDelay = "CONTAINER_PREFECT__RETRY_CONFIG__MAX_DELAY";
}
