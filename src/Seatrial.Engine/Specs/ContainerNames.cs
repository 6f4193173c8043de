using System.Globalization;
using Seatrial.Engine.Compose;

namespace Seatrial.Engine.Specs;

/// <summary>Names that stand for one container of a service: <c>rpa1-2</c>.</summary>
internal static class ContainerNames
{
    /// <summary>Service and number from 1; null where the project has no such service.</summary>
    public static (string Service, int Number)? Parse(string name, ComposeProject project)
    {
        var dash = name.LastIndexOf('-');
        return dash > 0
            && int.TryParse(name.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number > 0
            && project.Services.ContainsKey(name[..dash])
            ? (name[..dash], number) : null;
    }
}
