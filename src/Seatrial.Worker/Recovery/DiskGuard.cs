using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Seatrial.Worker.Recovery;

/// <summary>
/// Watches the room on the state folder's file system. Where it is low, room is made step by step; where that does not
/// help, it asks for no more to be claimed, while what is held can still be kept.
/// </summary>
internal sealed partial class DiskGuard(
    string folder, long least, IReadOnlyList<(string What, Action Free)> steps, TimeProvider time, ILogger logger)
{
    // On a small file system the bound would be met by an empty one.
    private const int LeastShare = 10;
    private const double Enough = 1.2;

    private static readonly TimeSpan _beat = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan _stepsEvery = TimeSpan.FromSeconds(30);

    private bool _isLow;
    private long? _freedAt;

    /// <summary>Whether nothing more should be taken in.</summary>
    public bool IsLow => Volatile.Read(ref _isLow);

    /// <summary>Bytes that are left, and those that should be.</summary>
    public (long Free, long Least) Room
    {
        get
        {
            try
            {
                var drive = new DriveInfo(folder);
                return (drive.AvailableFreeSpace, Math.Min(least, drive.TotalSize / LeastShare));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
            {
                return (long.MaxValue, least);
            }
        }
    }

    /// <summary>Until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_beat, time);
        do
        {
            Look();
        }
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
    }

    public void Look()
    {
        var (free, bound) = Room;
        if (free < bound && (_freedAt is not { } at || time.GetElapsedTime(at) >= _stepsEvery))
        {
            _freedAt = time.GetTimestamp();
            MakeRoom(free, bound);
            (free, bound) = Room;
        }

        if (free < bound != IsLow && (free < bound || free > bound * Enough))
        {
            Volatile.Write(ref _isLow, free < bound);
            if (IsLow)
            {
                LogLow(folder, free, bound);
            }
            else
            {
                LogEnough(folder, free);
            }
        }
    }

    /// <summary>Takes the steps in their order, until there is room.</summary>
    public void MakeRoom(long free, long bound)
    {
        foreach (var (what, step) in steps)
        {
            if (free >= bound)
            {
                return;
            }

            try
            {
                step();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
            {
                LogFailed(what, e.Message);
            }

            var now = Room.Free;
            LogFreed(folder, free, bound, what, now);
            free = now;
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Folder} has {Free} bytes left, below {Bound}. {What}: now there are {Now}.")]
    private partial void LogFreed(string folder, long free, long bound, string what, long now);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{What} did not go: {Cause}")]
    private partial void LogFailed(string what, string cause);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{Folder} has {Free} bytes left, below {Bound}, and nothing more to give. Nothing is claimed until "
            + "there is room.  fix: make room on the volume, or enlarge it.")]
    private partial void LogLow(string folder, long free, long bound);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Folder} has room again: {Free} bytes.")]
    private partial void LogEnough(string folder, long free);
}
