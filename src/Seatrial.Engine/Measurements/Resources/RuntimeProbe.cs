namespace Seatrial.Engine.Measurements.Resources;

/// <summary>
/// Asks a worker for its metrics, beside the looks: one that does not answer holds nobody up, and one that never does
/// is not asked again.
/// </summary>
internal sealed class RuntimeProbe(HttpClient http, Uri metrics)
{
    private const int Patience = 30;

    private Task<RuntimeSample?>? _asking;
    private int _failures;

    /// <summary>What it answered since the last call; null when it has not. Asks again.</summary>
    public RuntimeSample? Take(CancellationToken cancellationToken)
    {
        if (_asking is { IsCompleted: false } || _failures >= Patience)
        {
            return null;
        }

        var sample = _asking is { IsCompletedSuccessfully: true } answered ? answered.Result : null;
        _failures = sample is null && _asking is not null ? _failures + 1 : 0;
        _asking = AskAsync(cancellationToken);
        return sample;
    }

    /// <summary>Ends with the last question.</summary>
    public Task EndAsync() => _asking ?? Task.CompletedTask;

    private async Task<RuntimeSample?> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            return RuntimeText.Parse(await http.GetStringAsync(metrics, cancellationToken));
        }
        catch (Exception silent) when (silent is HttpRequestException or OperationCanceledException or IOException)
        {
            return null;
        }
    }
}
