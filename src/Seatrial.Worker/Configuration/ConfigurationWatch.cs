using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace Seatrial.Worker.Configuration;

/// <summary>
/// Looks on a beat whether the files that settings came from hold something else: mounts are replaced by renames and
/// by links, and notifications of the kernel do not cross every file system.
/// </summary>
internal sealed partial class ConfigurationWatch(
    IReadOnlyDictionary<string, string> variables, ConfigurationReading start, LiveConfig live, TimeProvider time,
    ILogger logger)
{
    private ConfigurationReading _reading = start;

    /// <summary>What holds now.</summary>
    public ConfigurationReading Reading => Volatile.Read(ref _reading);

    /// <summary>
    /// Takes up what may change while the worker runs; returns when something else changed, so that the worker has to
    /// be started again.
    /// </summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (Reading.Files.Count == 0)
        {
            // Variables of a process never change.
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken).ConfigureAwait(false);
        }

        var (files, seen) = (Reading.Files, Contents(Reading.Files));
        using var timer = new PeriodicTimer(live.Current.MonitoringConfig.ReloadInterval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            var now = Contents(files);
            if (now == seen)
            {
                continue;
            }

            // Looked at before it is read: what changes in between is seen at the next beat.
            seen = now;
            var next = ContainerConfigReader.Read(variables);
            if (!TakeUp(next))
            {
                return;
            }

            if (!next.Files.Order().SequenceEqual(files.Order()))
            {
                (files, seen) = (next.Files, Contents(next.Files));
            }
        }
    }

    /// <summary>Whether the worker can go on.</summary>
    internal bool TakeUp(ConfigurationReading next)
    {
        if (!next.IsValid)
        {
            var problems = string.Join("; ", next.Problems.Where(problem => problem.IsError));
            LogFaulty(problems);
            return true;
        }

        var changes = ConfigurationChange.Between(Reading.Settings, next.Settings);
        var held = changes.Where(change => !change.IsLive).Select(change => change.Variable).ToList();
        if (held.Count > 0)
        {
            var variables = string.Join(", ", held);
            LogRestart(variables);
            return false;
        }

        if (changes.Count > 0)
        {
            Volatile.Write(ref _reading, next);
            live.Current = next.Config;
            var taken = string.Join(", ", changes.Select(change => change.Variable));
            LogTakenUp(taken);
        }

        return true;
    }

    private static string Contents(IReadOnlyCollection<string> files) => string.Join('\n', files.Select(Content));

    private static string Content(string file)
    {
        try
        {
            return Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return e.GetType().Name;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Took up a change of {Variables} without a restart.")]
    private partial void LogTakenUp(string variables);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Variables} changed, which takes a restart: draining, and ending so that the orchestrator starts anew.")]
    private partial void LogRestart(string variables);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The configuration changed and is faulty; the one before holds on. {Problems}")]
    private partial void LogFaulty(string problems);
}
