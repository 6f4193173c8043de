using System.CommandLine;
using System.Globalization;
using Seatrial.Engine;
using Seatrial.Engine.Standing;

namespace Seatrial.Cli.Standing;

/// <summary><c>seatrial up [SYSTEM] [SERVICE]…</c>.</summary>
internal static class UpCommand
{
    private static readonly Option<bool> _detach = new("--detach", "-d")
    {
        Description = "End when all is healthy, and leave it running; else the logs follow, and Ctrl-C stops it.",
    };

    private static readonly Option<bool> _dryRun = new("--dry-run")
    {
        Description = "Say what would be done and why, and do nothing.",
    };

    private static readonly Option<bool> _noBuild = new("--no-build") { Description = "Take the images as they are." };

    private static readonly Option<bool> _force = new("--force-recreate")
    {
        Description = "Make containers anew even where nothing changed.",
    };

    private static readonly Option<bool> _noRecreate = new("--no-recreate")
    {
        Description = "Keep containers whatever changed.",
    };

    private static readonly Option<bool> _keepOrphans = new("--keep-orphans")
    {
        Description = "Leave containers of services that the file no longer has.",
    };

    private static readonly Option<string[]> _scale = new("--scale")
    {
        Description = "How many of a service: SERVICE=N. May be given several times.",
    };

    public static Command Create(ProgramHost host)
    {
        var command = new Command("up", "Bring a system up, and end when all of it is healthy.")
        {
            _detach,
            _dryRun,
            _noBuild,
            _force,
            _noRecreate,
            _keepOrphans,
            _scale,
            ProgressViews.Option,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, host, cancellationToken));
        return StandingSystem.AddTo(command);
    }

    private static async Task<int> RunAsync(ParseResult parsed, ProgramHost host, CancellationToken cancellationToken)
    {
        await using var system = await StandingSystem.OpenAsync(parsed, host, cancellationToken);
        var began = host.Clock.GetTimestamp();
        var replicas = Replicas.Read(parsed.GetValue(_scale) ?? [], system.Files.Project);
        var images = new ServiceImages(system, host);
        var options = new UpOptions
        {
            ForceRecreate = parsed.GetValue(_force),
            NoRecreate = parsed.GetValue(_noRecreate),
            KeepOrphans = parsed.GetValue(_keepOrphans),
        };
        var plan = await UpPlans.MakeAsync(
            system,
            replicas,
            parsed.GetValue(_noBuild) ? images.PresentAsync
                : parsed.GetValue(_dryRun) ? images.ExplainAsync
                : images.EnsureAsync,
            options,
            supervised: !parsed.GetValue(_detach),
            host,
            cancellationToken);
        if (parsed.GetValue(_dryRun))
        {
            UpPlanText.Write(plan, host.Out);
            return (int)ExitCode.Pass;
        }

        await using (var view = ProgressViews.For(parsed, host))
        {
            await Task.WhenAll(
                images.PruneAsync(cancellationToken),
                new ProjectRunner(system.Driver, host.Clock).UpAsync(plan, view, cancellationToken));
        }

        await host.Error.WriteLineAsync(Sentence(plan, host.Clock.GetElapsedTime(began)));
        if (!parsed.GetValue(_detach))
        {
            await AttachedAsync(system, host, cancellationToken);
        }

        return (int)ExitCode.Pass;
    }

    private static string Sentence(UpPlan plan, TimeSpan took)
    {
        var count = plan.Environment.Containers.Count;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{plan.Environment.Project} is up: {count} container{(count is 1 ? "" : "s")}, {took.TotalSeconds:0.0} s")
            + (plan.IsDone ? "; nothing had changed" : "");
    }

    private static async Task AttachedAsync(
        StandingSystem system, ProgramHost host, CancellationToken cancellationToken)
    {
        var since = (await system.Driver.Engine.DescribeAsync(cancellationToken)).Clock;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var supervising = new Supervisor(system.Driver, host.Clock, new Lines(host.Error))
            .RunAsync(system.Files.Project, since, end.Token);
        try
        {
            using var printer = new LogPrinter(system.Driver, host);
            await printer.FollowAllAsync(
                system.ObserveAsync,
                mayStartAgain: system.Files.Project.Services.Values.Any(Supervisor.SeesTo),
                cancellationToken);
        }
        finally
        {
            await end.CancelAsync();
            await supervising.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await host.Error.WriteLineAsync("stopping … (seatrial down removes it)");
            var left = await system.ObserveAsync(CancellationToken.None);
            await new ProjectRunner(system.Driver, host.Clock).StopAsync(
                left.Containers, gracePeriod: null, CancellationToken.None);
        }
    }

    private sealed class Lines(TextWriter output) : IProgress<string>
    {
        public void Report(string value) => output.WriteLine(value);
    }
}
