using System.Collections;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Seatrial.Wire;
using Seatrial.Worker.Configuration;
using Seatrial.Worker.DeadLetters;
using Seatrial.Worker.Recovery;
using Seatrial.Worker.Telemetry;

namespace Seatrial.Worker.Hosting;

/// <summary>The main program of a flow.</summary>
public static partial class WorkerHost
{
    /// <summary>
    /// Works until SIGTERM or SIGINT, then drains. Configuration comes from <c>CONTAINER_</c> variables, logs go to
    /// standard output as JSON lines. Started with <c>dead-letters [QUEUE]</c> or <c>requeue QUEUE [KEY…]</c> the
    /// program does that instead, over the same database.
    /// </summary>
    /// <returns>The exit code: 0 after a drain, 78 for a faulty configuration, 69 when a required dependency did not
    /// come up in time, 75 when a changed configuration takes a restart, 70 for a bug.</returns>
    /// <example><code>
    /// return await WorkerHost.RunAsync(worker => worker.Handle("rpa1", Json.Default.Answer, Cleaning.Clean));
    /// </code></example>
    public static async Task<int> RunAsync(Action<WorkerBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        using var stop = new CancellationTokenSource();
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        var arguments = Environment.GetCommandLineArgs()[1..];
        if (DeadLetterCommands.Knows(arguments))
        {
            return await new DeadLetterCommands(Variables(), Console.Out, Console.Error)
                .RunAsync(arguments, stop.Token).ConfigureAwait(false);
        }

        var threshold = new LogThreshold();
        using var logs = WorkerLogs.Create(threshold);
        return await RunAsync(configure, Surroundings(Variables(), logs, threshold), stop.Token).ConfigureAwait(false);

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }

    /// <summary>The same inside another program, such as a test of a flow: works until <paramref name="stop"/>, then
    /// drains.</summary>
    public static Task<int> RunAsync(
        Action<WorkerBuilder> configure,
        IReadOnlyDictionary<string, string> variables,
        ILoggerFactory logs,
        CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(configure);
        ArgumentNullException.ThrowIfNull(variables);
        ArgumentNullException.ThrowIfNull(logs);
        return RunAsync(configure, Surroundings(variables, logs, new LogThreshold()), stop);
    }

    private static Dictionary<string, string> Variables() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(
            variable => (string)variable.Key, variable => (string?)variable.Value ?? "", StringComparer.Ordinal);

    private static WorkerEnvironment Surroundings(
        IReadOnlyDictionary<string, string> variables, ILoggerFactory logs, LogThreshold threshold) => new()
        {
            Variables = variables,
            HostName = Environment.MachineName,
            Time = TimeProvider.System,
            Logs = logs,
            Threshold = threshold,
        };

    internal static async Task<int> RunAsync(
        Action<WorkerBuilder> configure, WorkerEnvironment environment, CancellationToken stop)
    {
        var log = environment.Logs.CreateLogger(nameof(WorkerHost));
        var reading = ContainerConfigReader.Read(environment.Variables);
        var recovery = new ErrorRecoveryManager(
            new Alerts(reading.Config, environment.HostName, environment.Time, log),
            () => TemporaryFiles.Clean(reading.Config.Worker.StateFolder, environment.Time), log);
        if (!reading.IsValid)
        {
            return await recovery.StopAsync(new ConfigurationException(reading.Problems)).ConfigureAwait(false);
        }

        ConfigurationLog.Write(log, reading.Problems);
        var config = new LiveConfig(reading.Config);
        environment.Threshold.Follow(config);
        try
        {
            var builder = new WorkerBuilder();
            configure(builder);
            var worker = new RunningWorker(reading, config, builder, environment, recovery);
            await using var closing = worker.ConfigureAwait(false);
            return await worker.RunAsync(stop).ConfigureAwait(false);
        }
        catch (ConfigurationException e)
        {
            return await recovery.StopAsync(e).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The program's end: whatever comes here is told in the log, not by a stack trace.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogBug(log, e);
            return await recovery.StopAsync(
                Alert.Runtime, $"{e.GetType().Name}: {e.Message}", ContainerExitCodes.Software).ConfigureAwait(false);
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The worker ends because of a bug.")]
    private static partial void LogBug(ILogger logger, Exception exception);
}
