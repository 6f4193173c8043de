using Seatrial.Engine.Compose;

namespace Seatrial.Engine.Tests.Compose;

public sealed class MountReaderTests
{
    [Theory]
    [InlineData("volumes: [files:/data]", "Volume files /data")]
    [InlineData("volumes: ['files:/data:ro']", "Volume files /data ro")]
    [InlineData("volumes: [/data]", "Volume - /data")]
    [InlineData("volumes: ['/host/dir:/data:rw']", "Bind /host/dir /data")]
    [InlineData("volumes: [{type: volume, source: files, target: /data, read_only: true}]", "Volume files /data ro")]
    [InlineData("volumes: [{type: volume, target: /data}]", "Volume - /data")]
    [InlineData("volumes: [{type: bind, source: /host, target: /data}]", "Bind /host /data")]
    [InlineData("volumes: [{type: tmpfs, target: /tmp, tmpfs: {size: 64m, mode: 0o1777}}]", "Tmpfs - /tmp 67108864 1023")]
    [InlineData("volumes: [{type: tmpfs, target: /tmp, tmpfs: {mode: 01777}}]", "Tmpfs - /tmp 1023")]
    [InlineData("volumes: [{type: tmpfs, target: /tmp, tmpfs: {mode: '1777'}}]", "Tmpfs - /tmp 1023")]
    [InlineData("tmpfs: /tmp", "Tmpfs - /tmp")]
    [InlineData("tmpfs: [/tmp, '/run:size=1m,mode=700,ro']", "Tmpfs - /tmp|Tmpfs - /run ro 1048576 448")]
    [InlineData("volumes: [files:/data]\ntmpfs: [/tmp]", "Volume files /data|Tmpfs - /tmp")]
    public void A_mount_has_many_forms(string lines, string expected) =>
        Assert.Equal(expected, string.Join('|', ComposeText.Service(lines).Mounts.Select(Show)));

    [Theory]
    [InlineData("./here:/data", "here")]
    [InlineData(".:/data", "")]
    [InlineData("../up/x:/data", "../up/x")]
    public void A_path_on_the_host_starts_from_the_files_folder(string form, string expected)
    {
        using var folder = new SystemFolder().With(
            "compose.yaml", $"services: {{app: {{image: a, volumes: ['{form}']}}}}");

        var source = Assert.Single(folder.Project().Services["app"].Mounts).Source;

        Assert.Equal(Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(folder.Path, expected))), source);
    }

    [Theory]
    [InlineData("~/x:/data", "/home/me/x")]
    [InlineData("~:/data", "/home/me")]
    public void A_tilde_is_the_home_folder(string form, string expected)
    {
        using var folder = new SystemFolder().With(
            "compose.yaml", $"services: {{app: {{image: a, volumes: ['{form}']}}}}");
        folder.Environment["HOME"] = "/home/me";

        Assert.Equal(expected, Assert.Single(folder.Project().Services["app"].Mounts).Source);
    }

    [Theory]
    [InlineData("volumes: ['~/x:/data']", "begins with ~, and HOME is not set")]
    [InlineData("volumes: [files:data]", "mounts at \"data\", which is no absolute path")]
    [InlineData("volumes: ['a:/b:c:d']", "has too many colons")]
    [InlineData("volumes: [other:/data]", "services.app.volumes[0] names the volume other, which is not declared")]
    [InlineData("volumes: [{type: volume, source: other, target: /data}]", "names the volume other, which is not declared")]
    [InlineData("volumes: [{source: files, target: /data}]", "services.app.volumes[0] has no type or no target")]
    [InlineData("volumes: [{type: image, source: files, target: /data}]", "services.app.volumes[0].type is the text \"image\"")]
    [InlineData("volumes: [{type: bind, target: /data}]", "services.app.volumes[0] has no source")]
    [InlineData("volumes: [{type: tmpfs, target: /t, tmpfs: {mode: 1777}}]", "is the number 1777, where a file mode in octal belongs")]
    [InlineData("volumes: files:/data", "services.app.volumes is the text \"files:/data\", where a list belongs")]
    [InlineData("volumes: [files:/data, './x:/data/']", "services.app.volumes[1] mounts at /data/, as services.app.volumes[0] does")]
    [InlineData("volumes: [files:/tmp]\ntmpfs: /tmp", "services.app.tmpfs mounts at /tmp, as services.app.volumes[0] does")]
    public void What_can_not_be_mounted_is_told(string lines, string what) =>
        ComposeText.Only(ComposeText.ReadService(lines), what);

    [Theory]
    [InlineData("volumes: ['files:/data:z']")]
    [InlineData("tmpfs: ['/run:uid=1000']")]
    public void An_option_that_is_not_honoured_is_told(string lines)
    {
        var reading = ComposeText.ReadService(lines);

        Assert.NotNull(reading.Project);
        Assert.Equal(Severity.Warning, ComposeText.Only(reading, "which is not honoured").Severity);
    }

    private static string Show(ComposeMount mount) =>
        $"{mount.Kind} {mount.Source ?? "-"} {mount.Target}{(mount.ReadOnly ? " ro" : "")}"
        + $"{(mount.TmpfsSize is { } size ? $" {size}" : "")}{(mount.TmpfsMode is { } mode ? $" {mode}" : "")}";
}
