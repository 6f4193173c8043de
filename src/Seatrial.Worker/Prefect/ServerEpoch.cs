using Microsoft.Extensions.Logging;

namespace Seatrial.Worker.Prefect;

/// <summary>
/// Tells one database of a Prefect server from the next: a variable that the first worker writes and every worker
/// remembers. When it is missing or another, the server was wiped, and all that is known is told again.
/// </summary>
internal sealed partial class ServerEpoch(PrefectClient client, Outbox outbox, ILogger logger)
{
    public const string Variable = "seatrial_epoch";

    private const string NoteName = "epoch";

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var epoch = await client.ReadVariableAsync(Variable, cancellationToken).ConfigureAwait(false)
            ?? await BeginAsync(cancellationToken).ConfigureAwait(false);
        var known = outbox.Note(NoteName);
        if (known == epoch)
        {
            return;
        }

        if (known is not null)
        {
            LogWiped(known, epoch);
            outbox.TellAgain(null, TimeSpan.Zero);
        }

        outbox.SetNote(NoteName, epoch);
    }

    private async Task<string> BeginAsync(CancellationToken cancellationToken)
    {
        var epoch = Guid.NewGuid().ToString();
        try
        {
            await client.CreateVariableAsync(
                new VariableBody(Variable, epoch, [Projection.Tag]), cancellationToken).ConfigureAwait(false);
            return epoch;
        }
        catch (PrefectException e) when (e.Fault is PrefectFault.Conflict)
        {
            // Another worker was faster, or the answer to an earlier attempt was lost.
            return await client.ReadVariableAsync(Variable, cancellationToken).ConfigureAwait(false)
                ?? throw new PrefectException(PrefectFault.Later, $"the variable {Variable} comes and goes", cause: e);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Prefect's database is another one ({Epoch}, was {Known}): all runs that are kept are told again.")]
    private partial void LogWiped(string known, string epoch);
}
