using System.Globalization;
using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Npgsql;
using Seatrial.Wire;
using Seatrial.Worker.Processing;
using Seatrial.Worker.Recovery;
using Seatrial.Worker.Telemetry;

namespace Seatrial.Worker.Http;

/// <summary>
/// Answers what a flow serves over HTTP. A draining worker still answers what reaches it; each answer to it ends the
/// connection, so that the balancer looks for another.
/// </summary>
internal sealed partial class FlowServer(ServedFlow flow, NpgsqlDataSource database, WorkerContext context)
{
    private const string RecordsPath = "/records";
    private const string ResultsPath = "/results";
    private const int PageSize = 100;
    private const int LargestPage = 1000;

    // Beyond that a caller had better ask again than wait.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    private readonly ILogger _logger = context.Logger;
    private readonly RecordLookup _lookup = new(database);
    private readonly RecordIntake? _intake =
        flow.TakesIn is { } handler ? new RecordIntake(database, handler.Queue) : null;

    private readonly ResultPages? _pages =
        flow.Results is { } results ? new ResultPages(database, results.Relation, results.Order) : null;

    public ServedFlow Flow => flow;

    /// <summary>Null for a path that this flow does not serve.</summary>
    public Task? Answer(HttpContext http) => (http.Request.Method, http.Request.Path.Value ?? "") switch
    {
        ("POST", RecordsPath) when _intake is not null => TryAsync(http, TakeInAsync),
        ("GET", ResultsPath) when _pages is not null => TryAsync(http, ResultsAsync),
        ("GET", var path) when flow.Records && path.StartsWith(RecordsPath + "/", StringComparison.Ordinal) =>
            TryAsync(http, RecordAsync),
        _ => null,
    };

    private async Task TryAsync(HttpContext http, Func<HttpContext, CancellationToken, Task> answerAsync)
    {
        using var late = new CancellationTokenSource(_patience, context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, http.RequestAborted);
        if (context.Drain.Stopping.IsCancellationRequested)
        {
            http.Response.Headers.Connection = "close";
        }

        try
        {
            await answerAsync(http, either.Token).ConfigureAwait(false);
        }
        catch (RefusalException e)
        {
            await RefuseAsync(http, e).ConfigureAwait(false);
        }
        catch (BadHttpRequestException e)
        {
            await RefuseAsync(http, new RefusalException(e.StatusCode, e.Message)).ConfigureAwait(false);
        }
        catch (Exception e) when (
            e is CircuitOpenException || DatabaseErrors.IsFromDatabase(e)
            || (e is OperationCanceledException && !http.RequestAborted.IsCancellationRequested))
        {
            LogAway(http.Request.Path.Value, e.Message);
            await RefuseAsync(http, Away(e)).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Nobody listens any more.
        }
    }

    private async Task TakeInAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (flow.TakesIn is not { } handler || _intake is null)
        {
            return;
        }

        CheckWorks();
        if (context.Intake.Percent == 0)
        {
            throw new RefusalException(
                StatusCodes.Status429TooManyRequests,
                $"Nothing is taken in for now, because of {context.Intake.Reason}.")
            { RetryAfter = 1 };
        }

        var limits = context.Live.Current.Http;
        var body = await RequestBodies.ReadAsync(http.Request, limits.MaxBody, cancellationToken).ConfigureAwait(false);
        var records = new RecordRequests(handler, limits, context.Config.MaxPayload).Read(
            body, http.Request.Headers["Idempotency-Key"].FirstOrDefault());
        using var span = RecordSpans.StartIntake(handler.Queue, http.Request.Headers.TraceParent.FirstOrDefault());
        var trace = RecordSpans.Of(span) ?? RecordSpans.Given(http.Request.Headers.TraceParent.FirstOrDefault());
        var taken = await AskAsync(
            token => _intake.TakeAsync(records, trace, token), cancellationToken).ConfigureAwait(false);
        http.Response.StatusCode = StatusCodes.Status202Accepted;
        http.Response.Headers.TraceParent = trace;
        await WriteAsync(http, IntakeAnswers.Write(taken, trace)).ConfigureAwait(false);
    }

    private async Task RecordAsync(HttpContext http, CancellationToken cancellationToken)
    {
        CheckWorks();
        var key = Key(http);
        if (key.Contains('\0', StringComparison.Ordinal))
        {
            throw new RefusalException(StatusCodes.Status400BadRequest, "A key holds no NUL.");
        }

        var found = await AskAsync(token => _lookup.FindAsync(key, token), cancellationToken).ConfigureAwait(false)
            ?? throw new RefusalException(StatusCodes.Status404NotFound, $"No record has the key '{key}'.");
        await WriteAsync(http, found).ConfigureAwait(false);
    }

    /// <summary>From the line as it was sent: in the path a slash that is part of the key stays encoded.</summary>
    private static string Key(HttpContext http)
    {
        var raw = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];
        return raw.StartsWith(RecordsPath + "/", StringComparison.Ordinal)
            ? Uri.UnescapeDataString(raw[(RecordsPath.Length + 1)..])
            : (http.Request.Path.Value ?? "")[(RecordsPath.Length + 1)..];
    }

    private async Task ResultsAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (_pages is null)
        {
            return;
        }

        CheckWorks();
        var page = await AskAsync(
            token => PageAsync(http.Request.Query, _pages, token), cancellationToken).ConfigureAwait(false);
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(page)))[..32]}\"";
        http.Response.Headers.ETag = tag;
        http.Response.Headers.CacheControl = "no-cache";
        if (http.Request.Headers.IfNoneMatch.Any(known =>
            known is "*" || (known?.Split(',', StringSplitOptions.TrimEntries).Contains(tag) ?? false)))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        await WriteAsync(http, page).ConfigureAwait(false);
    }

    private static async Task<string> PageAsync(
        IQueryCollection query, ResultPages pages, CancellationToken cancellationToken)
    {
        var asked = query["limit"].FirstOrDefault();
        if (asked is not null && !(int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var most)
            && most is >= 1 and <= LargestPage))
        {
            throw new RefusalException(
                StatusCodes.Status400BadRequest, $"limit is '{asked}': it is 1 to {LargestPage}.");
        }

        var limit = asked is null ? PageSize : int.Parse(asked, CultureInfo.InvariantCulture);
        try
        {
            return await pages.ReadAsync(
                query["after"].FirstOrDefault() ?? "", limit, cancellationToken).ConfigureAwait(false);
        }
        catch (FormatException e)
        {
            throw new RefusalException(
                StatusCodes.Status400BadRequest, "after is not the 'next' of a page before.", e);
        }
    }

    private Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken) =>
        context.Breakers.Find(ContainerVariables.QueueDatabase) is { } breaker
            ? breaker.RunAsync(ask, cancellationToken)
            : ask(cancellationToken);

    /// <exception cref="RefusalException">It is still waiting for what it depends on.</exception>
    private void CheckWorks()
    {
        if (context.Progress.Stage == WorkerStage.Starting)
        {
            throw new RefusalException(StatusCodes.Status503ServiceUnavailable, "The worker is starting.")
            {
                RetryAfter = 1,
            };
        }
    }

    private static RefusalException Away(Exception error) => new(
        StatusCodes.Status503ServiceUnavailable, "The database is away: nothing was taken, send it again.", error)
    {
        RetryAfter = error is CircuitOpenException { RetryAfter: var after }
            ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds))
            : 1,
    };

    private static Task RefuseAsync(HttpContext http, RefusalException refusal)
    {
        http.Response.StatusCode = refusal.Status;
        if (refusal.RetryAfter is { } seconds)
        {
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        return WriteAsync(http, IntakeAnswers.Problem(refusal));
    }

    private static Task WriteAsync(HttpContext http, string json)
    {
        http.Response.ContentType = http.Response.StatusCode >= StatusCodes.Status400BadRequest
            ? MediaTypeNames.Application.ProblemJson
            : MediaTypeNames.Application.Json;
        return http.Response.WriteAsync(json, http.RequestAborted);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} was turned away, for the database is: {Cause}")]
    private partial void LogAway(string? path, string cause);
}
