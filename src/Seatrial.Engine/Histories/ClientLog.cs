using System.Text.Json;

namespace Seatrial.Engine.Histories;

/// <summary>What the client that put a record in was told.</summary>
public enum AckOutcome
{
    /// <summary>The commit was acknowledged: the record must be there.</summary>
    Acked,

    /// <summary>It was told that nothing was committed: the record must not be there.</summary>
    Failed,

    /// <summary>The answer got lost: the record may be there or not.</summary>
    Unknown,
}

/// <summary>One attempt to put a record in.</summary>
public readonly record struct Acknowledgement
{
    public required string Queue { get; init; }

    /// <summary>The record's name; null when the mapping has none.</summary>
    public string? Key { get; init; }

    /// <summary>The id that the database gave it; null when the client never learnt it.</summary>
    public string? Record { get; init; }

    public required AckOutcome Outcome { get; init; }

    /// <summary>
    /// The low half of the transaction's id, as the log shows it; null when the client does not know it.
    /// </summary>
    public uint? Xid { get; init; }

    /// <summary>When an open load's plan wanted it to come, microseconds since 1970 UTC; null without a plan.</summary>
    public long? DueAt { get; init; }

    /// <summary>When it was sent.</summary>
    public long? SentAt { get; init; }
}

/// <summary>
/// What the load's client was told, kept beside the history: the log alone can't show an insert that was acknowledged
/// and then forgotten. One writer at a time.
/// </summary>
public sealed class ClientLog : IAsyncDisposable
{
    private const int LinesPerBlock = 2048;

    private readonly BlockFileWriter _file;

    private ClientLog(BlockFileWriter file) => _file = file;

    /// <summary>Begins <see cref="EvidenceFiles.ClientLog"/> in a run's folder.</summary>
    public static ClientLog Create(string folder) =>
        new(BlockFileWriter.Create(Path.Combine(folder, EvidenceFiles.ClientLog), new ClientLogHeader()));

    public async Task AppendAsync(IReadOnlyList<Acknowledgement> batch)
    {
        foreach (var acknowledgement in batch)
        {
            _file.Append(acknowledgement, Write);
        }

        if (_file.Pending >= LinesPerBlock)
        {
            await _file.FlushAsync();
        }
    }

    /// <summary>The load is over; without this the log counts as torn.</summary>
    public Task CompleteAsync() => _file.CompleteAsync(new ClientLogEnd());

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    /// <summary>Opens the client log of a run's folder.</summary>
    internal static BlockFileReader<ClientLogHeader, Acknowledgement, ClientLogEnd> Open(string folder) =>
        new(Path.Combine(folder, EvidenceFiles.ClientLog), Parse);

    private static void Write(Utf8JsonWriter json, in Acknowledgement acknowledgement) =>
        JsonSerializer.Serialize(json, acknowledgement, EvidenceJson.Options);

    private static Acknowledgement Parse(ReadOnlySpan<byte> line) =>
        JsonSerializer.Deserialize<Acknowledgement>(line, EvidenceJson.Options);
}

/// <summary>The first line of a client log.</summary>
internal sealed record ClientLogHeader(int Version = 1);

/// <summary>The last line of a client log.</summary>
internal sealed record ClientLogEnd;
