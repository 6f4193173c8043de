using System.Diagnostics;

namespace Seatrial.Worker.Tests.Recovery;

/// <summary>A small file system in memory, which takes root to mount.</summary>
internal sealed class TinyDisk : IDisposable
{
    private readonly string _folder;

    private TinyDisk(string folder) => _folder = folder;

    private string Filler => Path.Combine(_folder, "filler");

    public static TinyDisk Mount(string folder, string size)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Mounting a file system takes root.");
        Assert.SkipUnless(
            Run("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", folder) == 0,
            "This machine does not let root mount a tmpfs.");
        return new TinyDisk(folder);
    }

    /// <summary>To the last block.</summary>
    public void Fill() => FillUpTo(0);

    /// <summary>Until about so many bytes are left.</summary>
    public void FillUpTo(long left)
    {
        using var file = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (left == 0 || new DriveInfo(_folder).AvailableFreeSpace > left)
            {
                file.Write(new byte[512]);
            }
        }
        catch (IOException)
        {
            // It is full.
        }
    }

    public void MakeRoom() => File.Delete(Filler);

    public void Dispose() => Run("umount", "-l", _folder);

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        return process.ExitCode;
    }
}
