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
    /// <summary>The one in the file that is to be replayed; null where none is named.</summary>
    /// <exception cref="SeatrialException">All that is wrong with the file.</exception>
    public static ChaosSchedule? Read(ChaosOptions options, SystemFiles files, ProgramHost host)
    {
        if (options.Replay is not { } file)
        {
            return null;
        }

        var (schedule, problems) = ScheduleReader.Read(
            Path.GetFullPath(file, host.Directory), files.Project, files.Spec);
        if (schedule is null)
        {
            throw FileProblems.Faulty(problems);
        }

        FileProblems.Tell(problems, host);
        return schedule;
    }

    /// <summary>The one that was read, where there is one, else one that is drawn.</summary>
    /// <exception cref="SeatrialException">It does not fit the system or the machine.</exception>
    public static DrawnSchedule Of(
        ChaosOptions options, ChaosSchedule? read, SystemFiles files, FaultAbilities abilities)
    {
        if (read is not null)
        {
            var unfit = ChaosPlans.Problems(files.Project, files.Spec, read, abilities.Missing);
            return unfit.Count is 0
                ? new DrawnSchedule(read, [$"Replayed: {options.Command}"])
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
