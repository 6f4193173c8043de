using System.Formats.Tar;
using Docker.DotNet.Models;
using Seatrial.Engine.Drivers;

namespace Seatrial.Docker;

/// <summary>Puts files into a container that does not run yet.</summary>
internal static class ContainerFiles
{
    /// <summary>
    /// Where the root can be written to, the engine makes folders on the way; else the folder is a volume's.
    /// </summary>
    public static async Task PutAsync(
        DockerConnection connection, string id, ContainerRequest request, CancellationToken cancellationToken)
    {
        foreach (var folder in request.Files.GroupBy(file => request.Service.ReadOnly ? file.Folder : "/"))
        {
            await connection.CallAsync(
                $"files of container {request.Name} in {folder.Key}",
                async (client, token) =>
                {
                    await using var tar = await TarAsync(folder.Key, folder, token);
                    await client.Containers.ExtractArchiveToContainerAsync(
                        id, new CopyToContainerParameters { Path = folder.Key }, tar, token);
                },
                cancellationToken);
        }
    }

    private static async Task<Stream> TarAsync(
        string root, IEnumerable<ContainerFile> files, CancellationToken cancellationToken)
    {
        var stream = new MemoryStream();
        await using (var writer = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var file in files)
            {
                var name = Path.GetRelativePath(root, Path.Combine(file.Folder, file.Name));
                using var content = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(file.Content));
                await writer.WriteEntryAsync(
                    new PaxTarEntry(TarEntryType.RegularFile, name)
                    {
                        Uid = file.Uid,
                        Gid = file.Gid,
                        Mode = file.Mode,
                        DataStream = content,
                    },
                    cancellationToken);
            }
        }

        stream.Position = 0;
        return stream;
    }
}
