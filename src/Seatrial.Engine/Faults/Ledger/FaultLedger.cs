using System.Text.Json;
using Seatrial.Engine.Drivers;
using Seatrial.Engine.Environments;

namespace Seatrial.Engine.Faults.Ledger;

/// <summary>
/// What is broken on this machine at this moment, in files that outlive this program: written before a fault is
/// injected, taken away when it is healed. Whoever comes next mends what a killed program left.
/// </summary>
public static class FaultLedger
{
    /// <summary>Nothing that faults do outlives a boot, and neither does this folder.</summary>
    public static string Folder { get; } = Environment.IsPrivilegedProcess
        ? "/run/seatrial/faults"
        : Path.Combine(
            Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") ?? Path.GetTempPath(), "seatrial", "faults");

    /// <summary>Writes an entry, whole or not at all; returns its file.</summary>
    internal static string Write(BrokenContainer entry)
    {
        Directory.CreateDirectory(Folder);
        var file = Path.Combine(Folder, $"{Guid.NewGuid():N}.json");
        File.WriteAllText(file + ".new", JsonSerializer.Serialize(entry));
        File.Move(file + ".new", file);
        return file;
    }

    /// <summary>
    /// Mends what programs left that live no more, as far as the containers are still there; returns what was mended,
    /// a sentence each.
    /// </summary>
    public static async Task<IReadOnlyList<string>> MendAsync(
        IContainerDriver driver, RunOwner self, CancellationToken cancellationToken)
    {
        var told = new List<string>();
        foreach (var file in Directory.Exists(Folder) ? Directory.GetFiles(Folder, "*.json") : [])
        {
            if (Read(file) is not { } entry || !IsAbandoned(entry, self))
            {
                continue;
            }

            try
            {
                if (await driver.Containers.InspectAsync(entry.Id, cancellationToken) is { } state)
                {
                    await ContainerMender.MendAsync(driver, entry, state, cancellationToken);
                    told.Add($"mended {entry.Name}, which a program broke that is gone");
                }

                File.Delete(file);
            }
            catch (Exception failure) when (failure is FaultNotSeenException or SeatrialException or IOException)
            {
                told.Add($"{entry.Name} could not be mended: {failure.Message}");
            }
        }

        return told;
    }

    private static bool IsAbandoned(BrokenContainer entry, RunOwner self) =>
        RunOwner.Parse(entry.Owner) is { } owner && owner.SharesHost(self) && !owner.IsAlive();

    private static BrokenContainer? Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<BrokenContainer>(File.ReadAllText(file));
        }
        catch (Exception unreadable) when (unreadable is IOException or JsonException)
        {
            return null;
        }
    }
}
