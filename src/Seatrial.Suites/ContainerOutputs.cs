using Seatrial.Engine.Runs;

namespace Seatrial.Suites;

/// <summary>What the containers of a run said, kept in its folder.</summary>
internal static class ContainerOutputs
{
    private const int LastLines = 50;

    /// <summary>Writes a file a container under <c>logs/</c>, and returns all containers with their last
    /// lines.</summary>
    public static async Task<IReadOnlyList<ContainerRecord>> KeepAsync(
        TestEnvironment environment, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(environment.Folder.Path, "logs");
        Directory.CreateDirectory(folder);
        var records = new List<ContainerRecord>();
        await foreach (var output in environment.Containers.OutputsAsync(cancellationToken))
        {
            var name = output.Container.ShortName;
            await File.WriteAllLinesAsync(Path.Combine(folder, name + ".log"), output.Lines, cancellationToken);
            records.Add(new ContainerRecord(
                name,
                output.Container.Id,
                output.Container.Name,
                [.. output.Container.Addresses.Values],
                [.. output.Lines.TakeLast(LastLines)]));
        }

        return records;
    }
}
