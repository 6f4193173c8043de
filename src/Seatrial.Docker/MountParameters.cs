using Docker.DotNet.Models;
using Seatrial.Engine.Compose;

namespace Seatrial.Docker;

/// <summary>What is mounted into a container, as the engine's API takes it.</summary>
internal static class MountParameters
{
    /// <summary>
    /// The short form makes a missing host folder, as Compose promises; a colon in the path needs the long one.
    /// </summary>
    public static bool IsPlainBind(ComposeMount mount) =>
        mount is { Kind: MountKind.Bind, Source: not null, CreateHostPath: true }
        && !(mount.Source + mount.Target).Contains(':');

    public static string BindOf(ComposeMount mount)
    {
        var options = string.Join(',', new[] { mount.ReadOnly ? "ro" : null, mount.Propagation }.OfType<string>());
        return $"{mount.Source}:{mount.Target}{(options.Length > 0 ? ":" + options : "")}";
    }

    public static Mount From(ComposeMount mount) => new()
    {
        Type = mount.Kind switch
        {
            MountKind.Bind => "bind",
            MountKind.Volume => "volume",
            MountKind.Tmpfs => "tmpfs",
        },
        Source = mount.Source ?? "",
        Target = mount.Target,
        ReadOnly = mount.ReadOnly,
        BindOptions = mount.Propagation is null ? null : new BindOptions { Propagation = mount.Propagation },
        VolumeOptions = mount.NoCopy ? new VolumeOptions { NoCopy = true } : null,
        TmpfsOptions = mount.Kind is MountKind.Tmpfs
            ? new TmpfsOptions { SizeBytes = mount.TmpfsSize, Mode = (uint?)mount.TmpfsMode }
            : null,
    };
}
