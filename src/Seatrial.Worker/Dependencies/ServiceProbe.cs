using System.Net.Sockets;
using Seatrial.Wire;

namespace Seatrial.Worker.Dependencies;

/// <summary>Asks a service over HTTP, or whether its port is open.</summary>
internal sealed class ServiceProbe(Uri endpoint, TimeProvider time) : IDependencyProbe
{
    // One for all: connections are kept, names are resolved anew every minute.
    private static readonly Lazy<HttpClient> _http = new(() => new HttpClient(
        new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(1), AllowAutoRedirect = false }));

    public string Kind => DependencyStatus.Service;

    public string Target { get; } = endpoint.GetComponents(
        UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    public async Task<ProbeAnswer> AskAsync(CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        if (endpoint.Scheme == "tcp")
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(endpoint.Host, endpoint.Port, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            using var response = await _http.Value
                .GetAsync(endpoint, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if ((int)response.StatusCode >= 400)
            {
                throw new ServiceAnswerException(Target, (int)response.StatusCode);
            }
        }

        var took = time.GetElapsedTime(began).TotalMilliseconds;
        return new ProbeAnswer(null, FormattableString.Invariant($"answered in {took:F1} ms"));
    }
}
