using Microsoft.AspNetCore.Http;

namespace Seatrial.Worker.Http;

/// <summary>Bodies of requests, as far as they are small enough.</summary>
internal static class RequestBodies
{
    /// <exception cref="RefusalException">It is larger.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(
        HttpRequest request, long most, CancellationToken cancellationToken)
    {
        if (request.ContentLength > most)
        {
            throw TooLarge(most);
        }

        using var whole = new MemoryStream();
        var buffer = new byte[16 << 10];
        while (await request.Body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var read and > 0)
        {
            if (whole.Length + read > most)
            {
                throw TooLarge(most);
            }

            await whole.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
        }

        return whole.GetBuffer().AsMemory(0, (int)whole.Length);
    }

    private static RefusalException TooLarge(long most) =>
        new(StatusCodes.Status413PayloadTooLarge, $"The body has more than {most} bytes. Send fewer records at once.");
}
