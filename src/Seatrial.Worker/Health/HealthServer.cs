using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Seatrial.Wire;

namespace Seatrial.Worker.Health;

/// <summary>The HTTP endpoints for orchestrators, balancers and people.</summary>
internal sealed class HealthServer : IAsyncDisposable
{
    private const string TextType = "text/plain; charset=utf-8";
    private const string MetricsType = "text/plain; version=0.0.4; charset=utf-8";

    // After the drain, and within the grace period.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(2);

    private readonly WebApplication _application;
    private readonly HealthEndpoints _endpoints;
    private readonly int _flowPort;

    private HealthServer(WebApplication application, HealthEndpoints endpoints, int flowPort)
    {
        _flowPort = flowPort;
        _application = application;
        _endpoints = endpoints;
    }

    /// <exception cref="IOException">Something else listens on the port.</exception>
    public static async Task<HealthServer> StartAsync(
        int port, int? flowPort, HealthEndpoints endpoints, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.ListenAnyIP(port);
            if (endpoints.Flow is not null && flowPort is { } own && own != port)
            {
                options.ListenAnyIP(own);
            }
        });

        // Signals are the worker's to answer: it drains first.
        builder.Services.AddSingleton<IHostLifetime, UnsignalledLifetime>();
        var server = new HealthServer(builder.Build(), endpoints, flowPort ?? port);
        server._application.Run(server.AnswerAsync);
        try
        {
            await server._application.StartAsync(cancellationToken).ConfigureAwait(false);
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_endpoints.Flow is not null)
        {
            // Who was let in gets an answer.
            using var limit = new CancellationTokenSource(_patience, TimeProvider.System);
            await _application.StopAsync(limit.Token).ConfigureAwait(false);
        }

        await _application.DisposeAsync().ConfigureAwait(false);
    }

    private Task AnswerAsync(HttpContext http) => http.Request.Path.Value switch
    {
        "/livez" => TextAsync(http, null),
        "/readyz" => TextAsync(http, _endpoints.Monitor.NotReadyBecause()),
        "/startupz" => TextAsync(http, _endpoints.Monitor.NotStartedBecause()),
        "/health" => HealthAsync(http, _endpoints.Monitor.Report()),
        "/startup-report" => JsonAsync(http, _endpoints.StartupReport(), HealthJson.Default.StartupReport),
        "/metrics" when _endpoints.Metrics is { } metrics => WriteAsync(http, metrics(), MetricsType),
        _ => Flow(http) ?? UnknownAsync(http),
    };

    private static Task TextAsync(HttpContext http, string? fault)
    {
        http.Response.StatusCode = fault is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return WriteAsync(http, (fault ?? "ok") + "\n", TextType);
    }

    private Task? Flow(HttpContext http) =>
        http.Connection.LocalPort == _flowPort ? _endpoints.Flow?.Answer(http) : null;

    private Task UnknownAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        var flow = string.Concat(_endpoints.Flow?.Flow.Paths.Select(path => ", " + path) ?? []);
        return WriteAsync(
            http, $"not found; there are /livez, /readyz, /startupz, /health, /startup-report, /metrics{flow}.\n",
            TextType);
    }

    private static Task WriteAsync(HttpContext http, string text, string type)
    {
        http.Response.ContentType = type;
        return http.Response.WriteAsync(text, http.RequestAborted);
    }

    private static Task HealthAsync(HttpContext http, HealthReport report)
    {
        http.Response.StatusCode = report.Status == HealthStatus.Unhealthy
            ? StatusCodes.Status503ServiceUnavailable
            : StatusCodes.Status200OK;
        return JsonAsync(http, report, HealthJson.Default.HealthReport);
    }

    private static Task JsonAsync<T>(HttpContext http, T value, JsonTypeInfo<T> type)
    {
        http.Response.ContentType = "application/json";
        return JsonSerializer.SerializeAsync(http.Response.Body, value, type, http.RequestAborted);
    }

    private sealed class UnsignalledLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
