using Seatrial.Cli.Systems;
using Seatrial.Engine;
using Seatrial.Engine.Chaos;
using Seatrial.Engine.Faults;

namespace Seatrial.Cli.Chaos;

/// <summary>A schedule and what its file says above it.</summary>
internal sealed record DrawnSchedule(ChaosSchedule Schedule, IReadOnlyList<string> Comments);

/// <summary>The schedule that a command line asks for.</summary>
internal static class ChaosSchedules
{
    /// <summary>Read or drawn; every problem of one that is read ends the command.</summary>
    /// <exception cref="SeatrialException">All that is wrong with the file.</exception>
    public static DrawnSchedule Of(
        ChaosOptions options, SystemFiles files, FaultAbilities abilities, ProgramHost host)
    {
        if (options.Replay is { } file)
        {
            var (read, problems) = ScheduleReader.Read(
                Path.GetFullPath(file, host.Directory), files.Project, files.Spec);
            var schedule = read ?? throw FileProblems.Faulty(problems);
            var unfit = ChaosPlans.Problems(
                files.Project, files.Spec, schedule, abilities.Missing);
            FileProblems.Tell(problems, host);
            return unfit.Count is 0
                ? new DrawnSchedule(schedule, [$"Replayed: {options.Command}"])
                : throw FileProblems.Faulty(unfit);
        }

        var replicas = ChaosPlans.Replicas(files.Project, files.Spec, schedule: null);
        var aims = ChaosAims.Of(files.Project, files.Spec, replicas, abilities.Missing);
        return new DrawnSchedule(
            ChaosGenerator.Draw(options.Request, aims, files.Spec, replicas),
            [
                $"Drawn by: {options.Command}",
                "Repeated by: ./seatrial chaos SYSTEM --replay THIS_FILE",
                .. aims.LeftOut.Select(kind => $"Left out: {kind.Kind}: {kind.Reason}."),
            ]);
    }
}
