using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Seatrial.Suites.Tests;

/// <summary>A real server over HTTP that answers as it is told to, one request after the other.</summary>
internal sealed class ScriptedServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<Action<HttpListenerContext>> _script = new();

    public ScriptedServer()
    {
        var address = $"http://127.0.0.1:{FreePort()}/";
        _listener.Prefixes.Add(address);
        _listener.Start();
        Client = new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromSeconds(5) };
        _ = ServeAsync();
    }

    /// <summary>Of the server.</summary>
    public HttpClient Client { get; }

    /// <summary>Of the requests so far.</summary>
    public ConcurrentQueue<string> Bodies { get; } = new();

    /// <summary>The next answer.</summary>
    public void Answer(Action<HttpListenerContext> answer) => _script.Enqueue(answer);

    /// <inheritdoc cref="Answer(Action{HttpListenerContext})"/>
    public void Answer(int status, string body) => _script.Enqueue(With(status, body));

    /// <summary>The next request gets the beginning of an answer.</summary>
    public void LoseAnswer() => _script.Enqueue(context =>
    {
        context.Response.ContentLength64 = 100;
        context.Response.OutputStream.Write("{"u8);
        context.Response.Abort();
    });

    /// <summary>An answer.</summary>
    public static Action<HttpListenerContext> With(int status, string body) => context =>
    {
        context.Response.StatusCode = status;
        context.Response.Close(Encoding.UTF8.GetBytes(body), willBlock: false);
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        Client.Dispose();
        _listener.Close();
    }

    private static int FreePort()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception over) when (over is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var reader = new StreamReader(context.Request.InputStream);
            Bodies.Enqueue(await reader.ReadToEndAsync());
            (_script.TryDequeue(out var answer) ? answer : With(429, "nobody told me what to say"))(context);
        }
    }
}
