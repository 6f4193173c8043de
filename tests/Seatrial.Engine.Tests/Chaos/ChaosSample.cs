using Seatrial.Engine.Chaos;
using Seatrial.Engine.Compose;
using Seatrial.Engine.Specs;
using Seatrial.Testing;

namespace Seatrial.Engine.Tests.Chaos;

/// <summary>The sample system, as schedules meet it.</summary>
internal static class ChaosSample
{
    public static readonly ComposeProject Project =
        ComposeReader.Read(Repository.PathOf("systems/rpa"), new Dictionary<string, string>()).Project
        ?? throw new InvalidOperationException("The sample system has errors.");

    public static readonly SystemSpec Spec = SpecReader.Read(Project, new Dictionary<string, string>()).Spec
        ?? throw new InvalidOperationException("The sample system has errors.");

    public static readonly IReadOnlyDictionary<string, int> Replicas = ChaosPlans.Replicas(Project, Spec, null);

    public static ChaosAims Aims => ChaosAims.Of(Project, Spec, Replicas, _ => null);

    public static ChaosSchedule Draw(
        ulong seed, ChaosIntensity intensity = ChaosIntensity.High, int seconds = 120) => ChaosGenerator.Draw(
        new ChaosRequest { Seed = seed, For = TimeSpan.FromSeconds(seconds), Intensity = intensity },
        Aims, Spec, Replicas);

    public static (ChaosSchedule? Schedule, IReadOnlyList<Problem> Problems) Read(string text)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("seatrial-schedule-").FullName, "schedule.yaml");
        try
        {
            File.WriteAllText(file, text);
            return ScheduleReader.Read(file, Project, Spec);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file) ?? file, recursive: true);
        }
    }

    /// <summary>The schedule of a text without errors.</summary>
    public static ChaosSchedule Schedule(string text)
    {
        var (schedule, problems) = Read(text);
        Assert.Empty(problems);
        return schedule ?? throw new InvalidOperationException("There is no schedule.");
    }
}
