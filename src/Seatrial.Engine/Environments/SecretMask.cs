using System.Text.RegularExpressions;
using Seatrial.Engine.Drivers;

namespace Seatrial.Engine.Environments;

/// <summary>Hides what is secret in a configuration that is kept or shown.</summary>
internal static partial class SecretMask
{
    private const string Mask = "***";

    /// <summary>A container's request with the values of secret variables, and passwords in others, hidden.</summary>
    public static ContainerRequest Masked(ContainerRequest request) => request with
    {
        Labels = new Dictionary<string, string>(),
        Files = [],
        Service = request.Service with
        {
            Environment = request.Service.Environment.ToDictionary(
                variable => variable.Key, variable => Masked(variable.Key, variable.Value)),
        },
    };

    private static string Masked(string name, string value) => SecretName().IsMatch(name)
        ? Mask
        : UrlPassword().Replace(TextPassword().Replace(value, $"$1{Mask}"), $"$1{Mask}@");

    [GeneratedRegex("PASS|SECRET|TOKEN|KEY|CREDENTIAL|AUTH", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretName();

    [GeneratedRegex("((?:password|pwd)\\s*=\\s*)[^;\\s]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TextPassword();

    [GeneratedRegex("(://[^:/@\\s]+:)[^@\\s]+@", RegexOptions.CultureInvariant)]
    private static partial Regex UrlPassword();
}
