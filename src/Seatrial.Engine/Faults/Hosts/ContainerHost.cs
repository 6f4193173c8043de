using System.Globalization;
using Seatrial.Engine.Drivers;

namespace Seatrial.Engine.Faults.Hosts;

/// <summary>A running container as its host sees it: a process with namespaces, control groups and a root.</summary>
internal sealed record ContainerHost(string Id, int ProcessId, string NetworkNamespace)
{
    /// <summary>As many as the kernel follows.</summary>
    private const int MostLinks = 40;

    private string Root => $"/proc/{ProcessId}/root";

    /// <summary>The container's, having made sure that the process is its own.</summary>
    /// <exception cref="FaultNotSeenException">It does not run, or not on this host.</exception>
    public static async Task<ContainerHost> OfAsync(
        IContainerDriver driver, string id, string name, CancellationToken cancellationToken)
    {
        var state = await driver.Containers.InspectAsync(id, cancellationToken)
            ?? throw new FaultNotSeenException($"{name} is not on the engine.");
        return Of(state) ?? throw new FaultNotSeenException(
            state.Running ? $"{name} does not run on this host." : $"{name} does not run.");
    }

    /// <summary>Null when it does not run here.</summary>
    public static ContainerHost? Of(ContainerState state)
    {
        if (!HostProcesses.BelongsTo(state.ProcessId, state.Id))
        {
            return null;
        }

        var network = new FileInfo($"/proc/{state.ProcessId}/ns/net").LinkTarget;
        return network is null ? null : new ContainerHost(state.Id, state.ProcessId, network);
    }

    /// <summary>Whether it still is the same process: after a restart nothing that was done to it is left.</summary>
    public bool IsAlive => HostProcesses.BelongsTo(ProcessId, Id);

    /// <summary>A path of the container, from here.</summary>
    /// <exception cref="IOException">Its links lead in a circle.</exception>
    public string PathOf(string inside) => Root + Resolve(inside);

    /// <summary>A path of the container without links: they lead within it, where this host's kernel would follow them
    /// from this host's root.</summary>
    /// <exception cref="IOException">They lead in a circle.</exception>
    public string Resolve(string inside)
    {
        var left = new Stack<string>(Parts(inside).Reverse());
        var path = "";
        for (var links = 0; left.TryPop(out var part);)
        {
            var parent = path;
            path = part is ".." ? Parent(path) : $"{path}/{part}";
            if (path.Length == 0 || new FileInfo(Root + path).LinkTarget is not { } target)
            {
                continue;
            }

            if (++links > MostLinks)
            {
                throw new IOException($"{inside} leads in a circle.");
            }

            path = target.StartsWith('/') ? "" : parent;
            foreach (var one in Parts(target).Reverse())
            {
                left.Push(one);
            }
        }

        return path;

        static string[] Parts(string path) =>
            [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part is not ".")];

        static string Parent(string path) => path[..Math.Max(0, path.LastIndexOf('/'))];
    }

    /// <summary>
    /// Gives a file of the container another text. Whoever reads it meanwhile has the old or the new one whole:
    /// libfaketime ends a program that reads a file without a time.
    /// </summary>
    public async Task ReplaceTextAsync(string inside, string text, CancellationToken cancellationToken)
    {
        var file = PathOf(inside);
        await File.WriteAllTextAsync(file + ".seatrial", text, cancellationToken);
        File.Move(file + ".seatrial", file, overwrite: true);
    }

    /// <summary>A variable of the main process.</summary>
    public string? Variable(string name)
    {
        var prefix = name + "=";
        return File.ReadAllText($"/proc/{ProcessId}/environ").Split('\0')
            .FirstOrDefault(entry => entry.StartsWith(prefix, StringComparison.Ordinal))?[prefix.Length..];
    }

    /// <summary>Its mounts, later ones over earlier ones.</summary>
    public IReadOnlyList<HostMount> Mounts() => HostMount.Read(ProcessId);

    /// <summary>Its own control group's folder for a controller.</summary>
    /// <exception cref="FaultNotSeenException">There is none.</exception>
    public ControlGroup Group(string controller)
    {
        var lines = File.ReadAllLines($"/proc/{ProcessId}/cgroup").Select(line => line.Split(':', 3)).ToList();
        if (lines.FirstOrDefault(line => line[1].Split(',').Contains(controller)) is { } old)
        {
            var folder = new[] { old[1], controller }.Select(name => $"/sys/fs/cgroup/{name}{old[2]}")
                .FirstOrDefault(Directory.Exists);
            return Own(folder is null ? null : new ControlGroup(folder, IsUnified: false));
        }

        var unified = lines.FirstOrDefault(line => line[0] is "0");
        return Own(unified is null ? null : new ControlGroup("/sys/fs/cgroup" + unified[2], IsUnified: true));

        // Written to a group that others share, a limit would meet them too.
        ControlGroup Own(ControlGroup? group) => group is not null && Directory.Exists(group.Folder)
            && group.Folder.Contains(Id, StringComparison.Ordinal)
            ? group
            : throw new FaultNotSeenException(string.Create(
                CultureInfo.InvariantCulture,
                $"Process {ProcessId} has no control group of its own for {controller}."));
    }
}
