using System.Text.Json;
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
    private readonly WebApplication _application;
    private readonly HealthMonitor _monitor;

    private HealthServer(WebApplication application, HealthMonitor monitor)
    {
        _application = application;
        _monitor = monitor;
    }

    /// <exception cref="IOException">Something else listens on the port.</exception>
    public static async Task<HealthServer> StartAsync(
        int port, HealthMonitor monitor, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.ListenAnyIP(port);
        });

        // Signals are the worker's to answer: it drains first.
        builder.Services.AddSingleton<IHostLifetime, UnsignalledLifetime>();
        var server = new HealthServer(builder.Build(), monitor);
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

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private Task AnswerAsync(HttpContext http) => http.Request.Path.Value switch
    {
        "/livez" => TextAsync(http, null),
        "/readyz" => TextAsync(http, _monitor.NotReadyBecause()),
        "/startupz" => TextAsync(http, _monitor.HasStarted ? null : "starting: the schema is not up to date yet."),
        "/health" => ReportAsync(http),
        _ => UnknownAsync(http),
    };

    private static Task TextAsync(HttpContext http, string? fault)
    {
        http.Response.StatusCode = fault is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return WriteAsync(http, fault ?? "ok");
    }

    private static Task UnknownAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return WriteAsync(http, "not found; there are /livez, /readyz, /startupz, /health.");
    }

    private static Task WriteAsync(HttpContext http, string text)
    {
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(text + "\n", http.RequestAborted);
    }

    private Task ReportAsync(HttpContext http)
    {
        var report = _monitor.Report();
        http.Response.StatusCode = report.Status == HealthStatus.Unhealthy
            ? StatusCodes.Status503ServiceUnavailable
            : StatusCodes.Status200OK;
        http.Response.ContentType = "application/json";
        return JsonSerializer.SerializeAsync(
            http.Response.Body, report, HealthJson.Default.HealthReport, http.RequestAborted);
    }

    private sealed class UnsignalledLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
