using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Seatrial.Engine.Images;

/// <summary>What tells, without reading it, that a file is the very one that was read before.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Written">Nanoseconds since 1970.</param>
/// <param name="Changed">Of the inode, in nanoseconds: unlike the time of writing nobody can set it back. 0 where there
/// is none.</param>
/// <param name="Inode">0 where there is none.</param>
internal readonly record struct FileStamp(long Size, long Written, long Changed, long Inode)
{
    private const int CurrentFolder = -100;
    private const uint BasicFields = 0x7FF;

    /// <summary>The latest of its times.</summary>
    public DateTimeOffset Latest =>
        DateTimeOffset.UnixEpoch.AddTicks(Math.Max(Written, Changed) / TimeSpan.NanosecondsPerTick);

    public static FileStamp Of(string path)
    {
        // struct statx of the kernel, the same on every architecture.
        var fields = new byte[256];
        return OperatingSystem.IsLinux() && StatX(CurrentFolder, path, 0, BasicFields, fields) is 0
            ? new FileStamp(Long(fields, 40), Nanoseconds(fields, 112), Nanoseconds(fields, 96), Long(fields, 32))
            : OfAnySystem(new FileInfo(path));
    }

    private static FileStamp OfAnySystem(FileInfo file) => new(
        file.Length, (file.LastWriteTimeUtc - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick, 0, 0);

    private static long Nanoseconds(byte[] fields, int at) =>
        (Long(fields, at) * 1_000_000_000) + BinaryPrimitives.ReadInt32LittleEndian(fields.AsSpan(at + 8));

    private static long Long(byte[] fields, int at) => BinaryPrimitives.ReadInt64LittleEndian(fields.AsSpan(at));

    [DllImport("libc", EntryPoint = "statx")]
    private static extern int StatX(
        int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, byte[] fields);
}
