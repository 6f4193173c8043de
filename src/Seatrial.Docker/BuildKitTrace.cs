using System.Text;

namespace Seatrial.Docker;

/// <summary>
/// The part of BuildKit's <c>StatusResponse</c> (moby/buildkit, api/services/control/control.proto) that a person wants
/// to read: each step's name as it starts, and what it writes.
/// </summary>
internal sealed class BuildKitTrace
{
    private const int Vertexes = 1;
    private const int Logs = 3;
    private const int VertexDigest = 1;
    private const int VertexName = 3;
    private const int VertexStarted = 5;
    private const int LogVertex = 1;
    private const int LogMessage = 4;

    private readonly HashSet<string> _started = [];
    private readonly Dictionary<string, string> _unfinished = [];

    /// <summary>The whole lines that a record completes.</summary>
    public IReadOnlyList<string> Read(byte[] record)
    {
        var lines = new List<string>();
        foreach (var field in ProtobufField.In(record))
        {
            if (field.Number is Vertexes)
            {
                ReadVertex(field.Bytes, lines);
            }
            else if (field.Number is Logs)
            {
                ReadLog(field.Bytes, lines);
            }
        }

        return lines;
    }

    private void ReadVertex(ReadOnlyMemory<byte> vertex, List<string> lines)
    {
        var fields = ProtobufField.In(vertex).ToLookup(field => field.Number);
        var name = fields[VertexName].FirstOrDefault()?.Text ?? "";
        var shown = fields.Contains(VertexStarted) && !name.StartsWith("[internal]", StringComparison.Ordinal);
        if (shown && _started.Add(fields[VertexDigest].FirstOrDefault()?.Text ?? ""))
        {
            lines.Add(name);
        }
    }

    private void ReadLog(ReadOnlyMemory<byte> log, List<string> lines)
    {
        var fields = ProtobufField.In(log).ToLookup(field => field.Number);
        var vertex = fields[LogVertex].FirstOrDefault()?.Text ?? "";
        var parts = (_unfinished.GetValueOrDefault(vertex, "") + fields[LogMessage].FirstOrDefault()?.Text).Split('\n');
        lines.AddRange(parts[..^1].Select(line => line.TrimEnd('\r')));
        _unfinished[vertex] = parts[^1];
    }

    /// <summary>A field of a message on the wire, as far as it has a length.</summary>
    private sealed record ProtobufField(int Number, ReadOnlyMemory<byte> Bytes)
    {
        public string Text => Encoding.UTF8.GetString(Bytes.Span);

        public static List<ProtobufField> In(ReadOnlyMemory<byte> message)
        {
            var fields = new List<ProtobufField>();
            for (var at = 0; at < message.Length;)
            {
                var tag = Varint(message.Span, ref at);
                var length = (int)(tag & 7) switch
                {
                    0 => LengthOfVarint(message.Span[at..]),
                    1 => 8,
                    2 => (int)Varint(message.Span, ref at),
                    5 => 4,
                    var type => throw new FormatException($"BuildKit's record has a field of wire type {type}."),
                };
                fields.Add(new ProtobufField((int)(tag >> 3), message.Slice(at, length)));
                at += length;
            }

            return fields;
        }

        private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
        {
            var value = 0UL;
            for (var shift = 0; ; shift += 7)
            {
                var part = bytes[at++];
                value |= (ulong)(part & 0x7F) << shift;
                if (part < 0x80)
                {
                    return value;
                }
            }
        }

        private static int LengthOfVarint(ReadOnlySpan<byte> bytes)
        {
            var at = 0;
            Varint(bytes, ref at);
            return at;
        }
    }
}
