using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Docker.DotNet;
using Docker.DotNet.Models;
using Seatrial.Engine.Drivers;

namespace Seatrial.Docker;

/// <summary>Reads what containers wrote.</summary>
internal static class ContainerLogs
{
    public static Task<IReadOnlyList<string>> AllAsync(
        DockerConnection connection, string id, int? tail, CancellationToken cancellationToken) =>
        connection.CallAsync<IReadOnlyList<string>>(
            $"the output of container {id}",
            async (client, token) =>
            {
                var parameters = Parameters(new LogQuery { Tail = tail });
                parameters.Timestamps = false;
                using var stream = await client.Containers.GetContainerLogsAsync(id, parameters, token);
                using var text = new MemoryStream();
                await stream.CopyOutputToAsync(Stream.Null, text, text, token);
                return Lines(Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length));
            },
            cancellationToken);

    public static async IAsyncEnumerable<LogLine> ReadAsync(
        DockerConnection connection,
        string id,
        LogQuery query,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stream = await connection.CallAsync(
            $"the output of container {id}",
            (client, token) => client.Containers.GetContainerLogsAsync(id, Parameters(query), token),
            cancellationToken);
        var streams = new Dictionary<MultiplexedStream.TargetStream, LineBuffer>();
        var buffer = new byte[16 * 1024];
        while (await stream.ReadOutputAsync(buffer, 0, buffer.Length, cancellationToken) is { EOF: false } read)
        {
            if (!streams.TryGetValue(read.Target, out var lines))
            {
                streams[read.Target] = lines = new LineBuffer();
            }

            foreach (var line in lines.Add(buffer.AsSpan(0, read.Count)))
            {
                yield return Parse(line, read.Target);
            }
        }

        foreach (var (target, lines) in streams)
        {
            foreach (var line in lines.Rest())
            {
                yield return Parse(line, target);
            }
        }
    }

    private static ContainerLogsParameters Parameters(LogQuery query) => new()
    {
        ShowStdout = true,
        ShowStderr = true,
        Timestamps = true,
        Follow = query.Follow,
        Since = Instant(query.Since),
        Until = Instant(query.Until),
        Tail = query.Tail?.ToString(CultureInfo.InvariantCulture) ?? "all",
    };

    private static string? Instant(DateTimeOffset? at) => at is null ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"{at.Value.ToUnixTimeSeconds()}.{at.Value.UtcTicks % TimeSpan.TicksPerSecond * 100:000000000}");

    // 2026-01-01T00:00:00.123456789Z text
    private static LogLine Parse(string line, MultiplexedStream.TargetStream target)
    {
        var isError = target is MultiplexedStream.TargetStream.StandardError;
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        var stamp = space < 0 ? line : line[..space];
        return DateTimeOffset.TryParse(
            stamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? new LogLine(at, isError, space < 0 ? "" : line[(space + 1)..])
            : new LogLine(default, isError, line);
    }

    private static string[] Lines(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        return lines[^1].Length is 0 ? lines[..^1] : lines;
    }

    /// <summary>Cuts bytes into lines; a line that has not ended yet waits for its rest.</summary>
    private sealed class LineBuffer
    {
        private readonly ArrayBufferWriter<byte> _rest = new();

        public List<string> Add(ReadOnlySpan<byte> bytes)
        {
            var lines = new List<string>();
            while (bytes.IndexOf((byte)'\n') is >= 0 and var end)
            {
                _rest.Write(bytes[..end]);
                lines.Add(Take());
                bytes = bytes[(end + 1)..];
            }

            _rest.Write(bytes);
            return lines;
        }

        /// <summary>What came last, without its end.</summary>
        public IEnumerable<string> Rest() => _rest.WrittenCount > 0 ? [Take()] : [];

        private string Take()
        {
            var line = Encoding.UTF8.GetString(_rest.WrittenSpan).TrimEnd('\r');
            _rest.ResetWrittenCount();
            return line;
        }
    }
}
