using Seatrial.Engine.Compose;

namespace Seatrial.Cli.Standing;

/// <summary>Services and what they depend on.</summary>
internal static class Dependencies
{
    /// <summary>The services and all that they need, directly or not.</summary>
    public static IReadOnlySet<string> With(IEnumerable<string> services, ComposeProject project)
    {
        var all = new HashSet<string>();
        var open = new Queue<string>(services);
        while (open.TryDequeue(out var service))
        {
            if (project.Services.TryGetValue(service, out var declared) && all.Add(service))
            {
                foreach (var need in declared.DependsOn)
                {
                    open.Enqueue(need.Service);
                }
            }
        }

        return all;
    }
}
