using System.Security.Cryptography;
using System.Text;

namespace Seatrial.Worker.Prefect;

/// <summary>
/// Ids that follow from a run's id and a name, so that whoever sends a message again sends it under the same id: RFC
/// 9562's version 8, over SHA-256.
/// </summary>
internal static class DerivedId
{
    public static Guid Of(Guid scope, string name)
    {
        var hash = SHA256.HashData([.. scope.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(name)]);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }
}
