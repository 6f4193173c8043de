using System.Buffers.Binary;
using System.Text;
using CsCheck;
using Seatrial.Engine.Proxies;

namespace Seatrial.Engine.Tests.Proxies;

public sealed class CommitScannerTests
{
    private static readonly byte[] _start =
        [.. Untyped(80877103, ""), .. Untyped(196608, "user\0test\0\0")];

    private static readonly byte[] _serverStart =
        [(byte)'N', .. Message('R', "\0\0\0\0"), .. Message('S', "server_version\0" + "15\0"), .. Message('Z', "I")];

    [Fact]
    public void The_acknowledgement_of_a_COMMIT_begins_at_its_message()
    {
        byte[] before = [.. _serverStart, .. Message('C', "INSERT 0 1\0"), .. Message('Z', "T")];
        byte[] stream = [.. before, .. Message('C', "COMMIT\0"), .. Message('Z', "I"), .. Message('C', "COMMIT\0")];
        var scanner = new CommitScanner(new WriteScanner());
        var at = 0;

        Assert.Equal(before.Length, scanner.Read(stream, ref at));
        Assert.Equal(before.Length + 12, at);
        Assert.Equal(stream.Length - 12, scanner.Read(stream, ref at));
        Assert.Equal(-1, scanner.Read(stream, ref at));
    }

    [Theory]
    [InlineData("COMMIT PREPARED\0")]
    [InlineData("COMMI\0")]
    [InlineData("ROLLBACK\0")]
    [InlineData("commit\0")]
    public void Other_tags_are_none(string tag) =>
        Assert.Equal(0, Count([.. _serverStart, .. Message('C', tag), .. Message('D', "COMMIT\0")], [], pieces: 1000));

    [Fact]
    public void What_writes_without_a_transaction_is_acknowledged_with_its_exchange()
    {
        byte[] asked =
        [
            .. _start,
            .. Message('P', "write\0with held as (update t set a = 1 returning a) select 1 from held\0\0\0"),
            .. Message('P', "read\0select updated from t\0\0\0"),
            .. Message('S', ""),
            .. Message('B', "\0write\0\0\0\0\0\0\0"), .. Message('E', "\0\0\0\0\0"), .. Message('S', ""),
            .. Message('B', "\0read\0\0\0\0\0\0\0"), .. Message('E', "\0\0\0\0\0"), .. Message('S', ""),
            .. Message('Q', "insert into t values (1)\0"),
            .. Message('Q', "select 1\0"),
        ];
        byte[] exchange(string tag, string state) => [.. Message('C', tag), .. Message('Z', state)];
        byte[] answered =
        [
            .. _serverStart, .. Message('1', ""), .. Message('1', ""), .. Message('Z', "I"),
            .. exchange("SELECT 1\0", "I"), .. exchange("SELECT 1\0", "I"),
            .. exchange("INSERT 0 1\0", "I"), .. exchange("SELECT 1\0", "I"),
        ];

        Assert.All(Enumerable.Range(1, 40), pieces => Assert.Equal(2, Count(answered, asked, pieces)));
    }

    [Fact]
    public void Within_a_transaction_nothing_is_acknowledged_before_the_COMMIT()
    {
        byte[] asked = [.. _start, .. Message('Q', "insert into t values (1)\0")];

        Assert.Equal(0, Count([.. _serverStart, .. Message('C', "INSERT 0 1\0"), .. Message('Z', "T")], asked, 1000));
    }

    [Fact]
    public void Cut_anywhere_the_stream_has_the_same_acknowledgements() => Gen.Select(
        Gen.OneOf(Gen.Const("COMMIT\0"), Gen.Const("SELECT 1\0"), Gen.String[0, 30]).Array[0, 30],
        Gen.Int[1, 40]).Sample((tags, pieces) =>
        {
            var bodies = tags.Select(tag => Message(tag.Length % 2 == 0 ? 'D' : 'C', tag)).ToList();
            byte[] stream = [.. _serverStart, .. bodies.SelectMany(body => body)];
            var expected = bodies.Count(body => body.AsSpan().SequenceEqual(Message('C', "COMMIT\0")));

            return Count(stream, [], pieces) == expected;
        });

    [Fact]
    public void Noise_and_encryption_are_read_without_end_and_without_harm() => Gen.Select(
        Gen.Byte.Array[0, 200], Gen.Byte.Array[0, 200], Gen.Int[1, 50]).Sample((server, client, pieces) =>
        {
            Count(server, client, pieces);
            Assert.Equal(0, Count([(byte)'S', .. server, .. Message('C', "COMMIT\0")], client, pieces));
        });

    /// <summary>Both sides in pieces of a length; the client's first, as it speaks first.</summary>
    private static int Count(byte[] server, byte[] client, int pieces)
    {
        var writes = new WriteScanner();
        foreach (var piece in client.Chunk(pieces))
        {
            writes.Read(piece);
        }

        var (scanner, found) = (new CommitScanner(writes), 0);
        foreach (var piece in server.Chunk(pieces))
        {
            var at = 0;
            while (scanner.Read(piece, ref at) is >= 0 and var began)
            {
                Assert.InRange(began, 0, at);
                found++;
            }
        }

        return found;
    }

    private static byte[] Message(char type, string body)
    {
        var bytes = Encoding.Latin1.GetBytes(body);
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length + 4);
        return [(byte)type, .. length, .. bytes];
    }

    private static byte[] Untyped(int code, string body)
    {
        var bytes = Encoding.Latin1.GetBytes(body);
        var header = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(header, bytes.Length + 8);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), code);
        return [.. header, .. bytes];
    }
}
