using System.Globalization;
using System.Text;
using Seatrial.Engine.Drivers;
using Seatrial.Engine.Faults.Hosts;

namespace Seatrial.Engine.Faults.Clocks;

/// <summary>
/// Moves the clock that a container's programs see, where its image runs them under libfaketime with a file that says
/// how far. There is no other way: the kernel gives containers no clock of their own.
/// </summary>
internal sealed class ClockFault(FaultScene scene, FaultOrder order, int direction) : IFault
{
    private const double Tolerance = 5;

    /// <summary>Without the second, what measures time would jump too.</summary>
    private static readonly string[] _switches = ["FAKETIME_NO_CACHE", "FAKETIME_DONT_FAKE_MONOTONIC"];

    private (ContainerHost Host, string File, string Before)? _changed;

    private double Seconds => direction * order.By;

    /// <inheritdoc/>
    public async Task<string> InjectAsync(CancellationToken cancellationToken)
    {
        var host = await scene.HostOfAsync(order.Target, cancellationToken);
        if (host.Variable("LD_PRELOAD")?.Contains("faketime", StringComparison.Ordinal) is not true)
        {
            throw new FaultNotSeenException($"{order.Target.ShortName} does not run under libfaketime.");
        }

        var missing = _switches.Where(name => host.Variable(name) is not "1").ToList();
        if (missing.Count > 0 || host.Variable("FAKETIME_TIMESTAMP_FILE") is not { Length: > 0 } path)
        {
            throw new FaultNotSeenException(
                $"{order.Target.ShortName} needs FAKETIME_TIMESTAMP_FILE, FAKETIME_NO_CACHE=1 and FAKETIME_DONT_FAKE_MONOTONIC=1.");
        }

        var file = host.PathOf(path);
        _changed = (host, path, File.Exists(file) ? await File.ReadAllTextAsync(file, cancellationToken) : "");
        await host.ReplaceTextAsync(
            path, string.Create(CultureInfo.InvariantCulture, $"{Seconds:+0.###;-0.###}\n"), cancellationToken);
        return string.Create(
            CultureInfo.InvariantCulture, $"{path} of {order.Target.ShortName} says {Seconds:+0.###;-0.###} s");
    }

    /// <inheritdoc/>
    public async Task<string> ConfirmAsync(CancellationToken cancellationToken)
    {
        var away = await AwayAsync(cancellationToken);
        return Math.Abs(away - Seconds) < Tolerance
            ? string.Create(CultureInfo.InvariantCulture, $"a program in it sees a clock {away:0} s from ours")
            : throw new FaultNotSeenException(
                string.Create(CultureInfo.InvariantCulture, $"A program in it sees a clock {away:0} s from ours."));
    }

    /// <inheritdoc/>
    public async Task<string> HealAsync(CancellationToken cancellationToken)
    {
        if (_changed is not var (host, file, before)
            || !Directory.Exists(Path.GetDirectoryName(host.PathOf(file))))
        {
            return "nothing to set back";
        }

        await host.ReplaceTextAsync(file, before.Length > 0 ? before : "+0\n", cancellationToken);
        if (before.Length == 0)
        {
            File.Delete(host.PathOf(file));
        }

        return "set back";
    }

    /// <inheritdoc/>
    public async Task<string> ConfirmHealedAsync(CancellationToken cancellationToken)
    {
        var away = await AwayAsync(cancellationToken);
        return Math.Abs(away) < Tolerance
            ? "a program in it sees our clock"
            : throw new FaultNotSeenException(string.Create(
                CultureInfo.InvariantCulture,
                $"A program in it still sees a clock {away:0} s from ours."));
    }

    private async Task<double> AwayAsync(CancellationToken cancellationToken)
    {
        var driver = scene.Driver.Containers as ICanExecute
            ?? throw new FaultNotSeenException("This driver can't ask a container for its time.");
        using var output = new MemoryStream();
        var code = await driver.ExecuteAsync(
            order.Target.Id,
            new ExecRequest { Command = ["date", "+%s"] },
            new ExecStreams(null, output, Stream.Null),
            cancellationToken);
        return code is 0 && long.TryParse(
            Encoding.UTF8.GetString(output.ToArray()).Trim(), CultureInfo.InvariantCulture, out var seconds)
            ? seconds - scene.Clock.GetUtcNow().ToUnixTimeSeconds()
            : throw new FaultNotSeenException(
                $"{order.Target.ShortName} does not say its time: it has no date, or does not run any more.");
    }
}
