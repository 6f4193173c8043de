using System.Net;
using System.Net.Sockets;

namespace Seatrial.Engine.Compose;

/// <summary>Addresses as people write them: the framework also takes 10.1 and plain numbers for some.</summary>
internal static class Addresses
{
    public static bool IsOne(string text) => FamilyOf(text) is not null;

    /// <summary>Null when it is no address.</summary>
    public static AddressFamily? FamilyOf(string text) =>
        IPAddress.TryParse(text, out var address)
        && (address.AddressFamily is AddressFamily.InterNetworkV6 || text.Count(letter => letter is '.') is 3)
            ? address.AddressFamily
            : null;
}
