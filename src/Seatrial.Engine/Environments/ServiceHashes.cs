using System.Security.Cryptography;
using System.Text.Json;
using Seatrial.Engine.Compose;

namespace Seatrial.Engine.Environments;

/// <summary>What decides whether a service's containers are kept or replaced, beside their image.</summary>
public static class ServiceHashes
{
    /// <summary>SHA-256 of the declaration, as containers carry it and <c>config --hash</c> prints it.</summary>
    public static string Of(ComposeService service) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(Decisive(service))));

    /// <summary>
    /// Without what says how an image is had, how many containers there are and how they give way to each other.
    /// </summary>
    internal static ComposeService Decisive(ComposeService service) => service with
    {
        Build = null,
        PullPolicy = null,
        Profiles = [],
        Replicas = 1,
        Watch = [],
        Deploy = service.Deploy with { Update = null, Rollback = null },
    };
}
