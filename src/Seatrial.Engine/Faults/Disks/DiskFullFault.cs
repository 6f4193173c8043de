using System.Globalization;
using Seatrial.Engine.Faults.Hosts;
using Seatrial.Engine.Faults.Processes;

namespace Seatrial.Engine.Faults.Disks;

/// <summary>
/// Fills a folder's file system to the last byte with a file of ours. Only one of limited size is touched: any other is
/// the host's.
/// </summary>
internal sealed class DiskFullFault(FaultScene scene, FaultOrder order, Func<ContainerHost, string> choose) : IFault
{
    private const long Largest = 4L * 1024 * 1024 * 1024;

    private string? _filler;

    /// <inheritdoc/>
    public async Task<string> InjectAsync(CancellationToken cancellationToken)
    {
        var host = await scene.HostOfAsync(order.Target, cancellationToken);
        var folder = choose(host);
        var mount = HostMount.Holding(host.Mounts(), folder);
        if (mount is not { IsLimited: true })
        {
            throw new FaultNotSeenException(
                $"{folder} of {order.Target.ShortName} lies on {mount?.Type ?? "nothing"} without a size of its own.");
        }

        // Where the host has the same mount, the file can be taken away when the container is dead, too.
        var seenHere = HostMount.Read(Environment.ProcessId).FirstOrDefault(
            one => one.Device == mount.Device && one.Root == mount.Root);
        var top = seenHere?.Path ?? host.PathOf(mount.Path);
        _filler = Path.Combine(top, $".seatrial-filler-{scene.Environment.Plan.RunId}");
        var bytes = await FillAsync(_filler, cancellationToken);
        return string.Create(
            CultureInfo.InvariantCulture, $"{bytes:N0} bytes written to {mount.Path} of {order.Target.ShortName}");
    }

    /// <inheritdoc/>
    public Task<string> ConfirmAsync(CancellationToken cancellationToken)
    {
        var filler = _filler ?? throw new FaultNotSeenException("Nothing was filled.");
        var free = new DriveInfo(Path.GetDirectoryName(filler) ?? "/").AvailableFreeSpace;
        return free < Environment.SystemPageSize
            ? Task.FromResult($"{free} bytes are free")
            : throw new FaultNotSeenException($"{free} bytes are still free.");
    }

    /// <inheritdoc/>
    public async Task<string> HealAsync(CancellationToken cancellationToken)
    {
        if (_filler is null)
        {
            return "nothing to take away";
        }

        if (Directory.Exists(Path.GetDirectoryName(_filler)))
        {
            File.Delete(_filler);
        }

        return $"the file is gone; {await Lives.StartAsync(scene, order.Target, cancellationToken)}";
    }

    /// <inheritdoc/>
    public async Task<string> ConfirmHealedAsync(CancellationToken cancellationToken)
    {
        if (_filler is null || File.Exists(_filler))
        {
            throw new FaultNotSeenException("The file is still there.");
        }

        return await Lives.SeeHealthyAsync(scene, order.Target, cancellationToken);
    }

    /// <summary>Writes until the kernel says that there is no more.</summary>
    private static async Task<long> FillAsync(string path, CancellationToken cancellationToken)
    {
        var bytes = new byte[1024 * 1024];
        var (written, step) = (0L, bytes.Length);
        await using var file = new FileStream(
            path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0, FileOptions.Asynchronous);
        while (step > 0 && written < Largest)
        {
            try
            {
                await file.WriteAsync(bytes.AsMemory(0, step), cancellationToken);
                written += step;
            }
            catch (IOException)
            {
                // What did fit stays; a smaller piece may fit yet.
                step /= 4;
            }
        }

        return written < Largest ? written : throw new FaultNotSeenException("It took 4 GiB, and was not full.");
    }
}
