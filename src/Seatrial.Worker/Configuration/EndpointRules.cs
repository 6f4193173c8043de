namespace Seatrial.Worker.Configuration;

/// <summary>What makes a URL one that can be asked.</summary>
internal static class EndpointRules
{
    /// <summary>What is wrong, and what was probably meant; null when nothing is.</summary>
    public static (string What, string Meant)? Fault(string text, ContainerOption.Endpoint option)
    {
        var schemes = string.Join(", ", option.Schemes.Select(scheme => scheme + "://"));
        if (!text.Contains("://", StringComparison.Ordinal))
        {
            var guess = $"{option.Schemes[0]}://{text.TrimStart('/')}";
            return (
                $"is '{text}', which has no scheme.",
                Uri.TryCreate(guess, UriKind.Absolute, out _) ? guess : option.Example);
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            return ($"is '{text}', which is not a URL.", option.Example);
        }

        if (!option.Schemes.Contains(uri.Scheme))
        {
            var nearest = NearestName.Of(uri.Scheme, option.Schemes) ?? option.Schemes[0];
            return ($"is '{text}'; its scheme is none of {schemes}.", nearest + text[text.IndexOf(':')..]);
        }

        return uri is { Scheme: "tcp", Port: < 0 }
            ? ($"is '{text}', which names no port.", $"tcp://{uri.Host}:6379")
            : null;
    }
}
