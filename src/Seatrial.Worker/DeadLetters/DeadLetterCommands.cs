using System.Globalization;
using Npgsql;
using Seatrial.Wire;
using Seatrial.Worker.Configuration;
using Seatrial.Worker.Processing;
using Seatrial.Worker.Recovery;

namespace Seatrial.Worker.DeadLetters;

/// <summary>
/// What a container's program does besides working: <c>dead-letters [QUEUE]</c> and <c>requeue QUEUE [KEY…]</c>, over
/// the database that the container is configured for.
/// </summary>
internal sealed class DeadLetterCommands(
    IReadOnlyDictionary<string, string> variables, TextWriter output, TextWriter errors)
{
    private const string List = "dead-letters";
    private const string Requeue = "requeue";
    private const int MostListed = 100;

    /// <summary>Whether the program was started for one of them.</summary>
    public static bool Knows(string[] arguments) => arguments is [List or Requeue, ..];

    /// <summary>Returns the exit code: 0 when all of it was done, 1 when a key is not among the dead.</summary>
    public async Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        if (arguments is not ([List] or [List, _] or [Requeue, _, ..]))
        {
            return await FailAsync(
                ContainerExitCodes.Usage,
                $"'{string.Join(' ', arguments)}' is not a command.  fix: {List} [QUEUE], or {Requeue} QUEUE [KEY...].")
                .ConfigureAwait(false);
        }

        var reading = ContainerConfigReader.Read(variables);
        if (!reading.IsValid)
        {
            return await FailAsync(
                ContainerExitCodes.Configuration,
                string.Join("\nerror: ", reading.Problems.Where(problem => problem.IsError))).ConfigureAwait(false);
        }

        var database = reading.Config.DatabaseConnections[ContainerVariables.QueueDatabase];
        var dataSource = QueueDataSource.Create(database, $"seatrial {arguments[0]}");
        await using var closing = dataSource.ConfigureAwait(false);
        try
        {
            return await RunAsync(arguments, new DeadLetterBox(dataSource), cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return await FailAsync(
                ContainerExitCodes.Unavailable,
                "The database has no records yet: no worker has ever started on it.  fix: start one, or mend the "
                + "connection string.").ConfigureAwait(false);
        }
        catch (Exception e) when (DatabaseErrors.IsFromDatabase(e))
        {
            return await FailAsync(
                ContainerExitCodes.Unavailable,
                $"The queue's database did not answer: {e.Message}  fix: see to it that it is up, and run this again.")
                .ConfigureAwait(false);
        }
    }

    private Task<int> RunAsync(
        string[] arguments, DeadLetterBox box, CancellationToken cancellationToken) => arguments switch
        {
            [Requeue, var queue, .. var keys] => RequeueAsync(box, queue, [.. keys.Distinct()], cancellationToken),
            [_, var queue] => ListAsync(box, queue, cancellationToken),
            _ => CountAsync(box, cancellationToken),
        };

    private async Task<int> CountAsync(DeadLetterBox box, CancellationToken cancellationToken)
    {
        var queues = await box.CountAsync(cancellationToken).ConfigureAwait(false);
        var lines = queues.Count == 0
            ? ["No record is dead."]
            : queues.Select(queue => FormattableString.Invariant($"{queue.Queue}: {queue.Count} dead"));
        await TellAsync(lines).ConfigureAwait(false);
        return ContainerExitCodes.Ok;
    }

    private async Task<int> ListAsync(DeadLetterBox box, string queue, CancellationToken cancellationToken)
    {
        var letters = await box.ListAsync(queue, MostListed + 1, cancellationToken).ConfigureAwait(false);
        var lines = letters.Take(MostListed).Select(Line);
        await TellAsync(letters.Count switch
        {
            0 => [$"No record of {queue} is dead."],
            > MostListed => lines.Append(FormattableString.Invariant($"… the first {MostListed}, and there are more.")),
            _ => lines,
        }).ConfigureAwait(false);
        return ContainerExitCodes.Ok;
    }

    private async Task<int> RequeueAsync(
        DeadLetterBox box, string queue, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var requeued = await box.RequeueAsync(queue, keys.Count == 0 ? null : keys, cancellationToken)
            .ConfigureAwait(false);
        await TellAsync([FormattableString.Invariant($"Requeued {requeued.Count} records of {queue}.")])
            .ConfigureAwait(false);
        var others = keys.Except(requeued).ToList();
        return others.Count == 0
            ? ContainerExitCodes.Ok
            : await FailAsync(
                1, $"Not dead in {queue}: {string.Join(", ", others)}.  fix: see {List} {queue}.")
                .ConfigureAwait(false);
    }

    private static string Line(DeadLetter letter) => string.Join(
        '\t',
        letter.Id.ToString(CultureInfo.InvariantCulture),
        letter.Key,
        FormattableString.Invariant($"attempts {letter.Attempts}"),
        letter.DiedAt?.ToString("u", CultureInfo.InvariantCulture) ?? "",
        letter.Error.ReplaceLineEndings(" "));

    private async Task TellAsync(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            await output.WriteLineAsync(line).ConfigureAwait(false);
        }
    }

    private async Task<int> FailAsync(int exitCode, string what)
    {
        await errors.WriteLineAsync($"error: {what}").ConfigureAwait(false);
        return exitCode;
    }
}
