using Seatrial.Engine.Compose;
using Seatrial.Engine.Drivers;

namespace Seatrial.Engine.Environments;

/// <summary>
/// Secrets and configs as a container has them: files of this machine are mounted, texts are put in. Where the
/// container's root can't be written to, texts go into anonymous volumes, which go with the container.
/// </summary>
internal static class GrantedFiles
{
    public static IEnumerable<ComposeMount> Mounts(ComposeService service, ComposeProject project)
    {
        var folders = new HashSet<string>();
        foreach (var (grant, content) in Grants(service, project))
        {
            if (content.File is { } file)
            {
                yield return new ComposeMount(MountKind.Bind, file, grant.Target, ReadOnly: true)
                {
                    CreateHostPath = false,
                };
            }
            else if (service.ReadOnly && FolderOf(grant) is var folder && folders.Add(folder)
                && service.Mounts.All(mount => mount.Target != folder))
            {
                yield return new ComposeMount(MountKind.Volume, null, folder);
            }
        }
    }

    public static IReadOnlyList<ContainerFile> Of(ComposeService service, ComposeProject project) =>
    [
        .. Grants(service, project)
            .Where(grant => grant.Content.Text is not null)
            .Select(grant => File(grant.Grant, grant.Content.Text ?? "")),
    ];

    private static ContainerFile File(ComposeGrant grant, string text)
    {
        var file = new ContainerFile(FolderOf(grant), Path.GetFileName(grant.Target), text)
        {
            Uid = grant.Uid ?? 0,
            Gid = grant.Gid ?? 0,
        };
        return grant.Mode is { } mode ? file with { Mode = (UnixFileMode)mode } : file;
    }

    private static string FolderOf(ComposeGrant grant) => Path.GetDirectoryName(grant.Target) ?? "/";

    private static IEnumerable<(ComposeGrant Grant, ComposeContent Content)> Grants(
        ComposeService service, ComposeProject project)
    {
        foreach (var grant in service.Secrets)
        {
            if (project.Secrets.TryGetValue(grant.Source, out var secret))
            {
                yield return (grant, secret);
            }
        }

        foreach (var grant in service.Configs)
        {
            if (project.Configs.TryGetValue(grant.Source, out var config))
            {
                yield return (grant, config);
            }
        }
    }
}
