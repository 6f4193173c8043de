using System.Globalization;
using Seatrial.Engine.Compose;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Specs;

/// <summary>A port of a service's containers: <c>lb:8080</c>.</summary>
public sealed record ServiceEndpoint(string Service, int Port)
{
    public override string ToString() => FormattableString.Invariant($"{Service}:{Port}");

    /// <summary>Null where there is none, or where it is wrong, which is told.</summary>
    internal static ServiceEndpoint? Read(Field field, ComposeProject project)
    {
        if (field.Word() is not { } text)
        {
            return null;
        }

        var at = text.LastIndexOf(':');
        if (at > 0 && ushort.TryParse(text[(at + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port > 0)
        {
            ServiceNames.CheckDeclared(text[..at], field, project);
            return new ServiceEndpoint(text[..at], port);
        }

        field.Error($"is {YamlWords.Shorten(text)}, not a service and a port.", "Write SERVICE:PORT, e.g. lb:8080.");
        return null;
    }
}
