using Npgsql;

namespace Seatrial.Worker.Processing;

/// <summary>Reading to the end.</summary>
internal static class ReaderExtensions
{
    /// <summary>
    /// Statements without a transaction of their own are committed behind their rows. That may fail, and disposing of
    /// the reader would tell nobody: what was read would count as done, and is not.
    /// </summary>
    /// <exception cref="NpgsqlException">The commit failed, or nobody knows.</exception>
    public static async Task SeeCommittedAsync(this NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false))
        {
            // Of interest is the end alone.
        }
    }
}
