using Seatrial.Engine.Runs;

namespace Seatrial.Reports.Html;

/// <summary>Who is who: owners as rows name them, and the containers that faults strike.</summary>
internal sealed class Owners(SuiteResult suite)
{
    private readonly Dictionary<string, string> _containers = suite.Workers
        .DistinctBy(worker => worker.Owner)
        .ToDictionary(worker => worker.Owner, worker => worker.Container ?? worker.Owner);

    /// <summary>The owner's container where it is known, else the owner.</summary>
    public string Name(string owner) => _containers.GetValueOrDefault(owner, owner);
}
