using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Seatrial.Worker.Recovery;

namespace Seatrial.Worker.Prefect;

/// <summary>
/// The calls of Prefect's REST API that a worker needs. Whatever fails is a <see cref="PrefectException"/> that says
/// what to do about it; cancellation passes through.
/// </summary>
internal sealed class PrefectClient : IDisposable
{
    private readonly HttpClient _http;

    /// <summary>Through which every call goes; null for a client that stands alone.</summary>
    public CircuitBreaker? Breaker { get; init; }

    /// <param name="api">Where <c>PREFECT_API_URL</c> points, e.g. <c>http://prefect:4200/api</c>.</param>
    /// <param name="authentication"><c>user:password</c>, or null for a server that asks for none.</param>
    /// <param name="timeout">For each call.</param>
    /// <param name="requestsPerSecond">The most that are sent.</param>
    /// <param name="time">The clock that they are kept apart by.</param>
    public PrefectClient(Uri api, string? authentication, TimeSpan timeout, int requestsPerSecond, TimeProvider time)
    {
        var sockets = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = timeout,

            // A service's name may lead elsewhere after a restart.
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        };
        var pacing = new PacingHandler(TimeSpan.FromSeconds(1) / requestsPerSecond, time) { InnerHandler = sockets };
        _http = new HttpClient(pacing)
        {
            BaseAddress = new Uri(api.AbsoluteUri.TrimEnd('/') + "/"),
            Timeout = timeout,
        };
        if (authentication is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(authentication)));
        }
    }

    /// <summary>Returns when the server answers; it says nothing of its database.</summary>
    public Task CheckHealthAsync(CancellationToken cancellationToken) => GetAsync("health", cancellationToken);

    /// <summary>Returns when the server and its database answer.</summary>
    public Task CheckReadyAsync(CancellationToken cancellationToken) => GetAsync("ready", cancellationToken);

    /// <summary>The server's version, e.g. <c>3.8.8</c>.</summary>
    public async Task<string> ReadVersionAsync(CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, "admin/version", null, cancellationToken)
            .ConfigureAwait(false);
        return await ReadAsync(response, PrefectJson.Default.String, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The id of the flow with this name, which is made when it is not there.</summary>
    public async Task<Guid> EnsureFlowAsync(FlowBody flow, CancellationToken cancellationToken) =>
        (await PostAsync(
            "flows/", flow, PrefectJson.Default.FlowBody, PrefectJson.Default.CreatedAnswer, cancellationToken)
            .ConfigureAwait(false)).Id;

    /// <summary>The run with this key as it is there, else a new one.</summary>
    public Task<FlowRunAnswer> EnsureFlowRunAsync(FlowRunBody run, CancellationToken cancellationToken) => PostAsync(
        "flow_runs/", run, PrefectJson.Default.FlowRunBody, PrefectJson.Default.FlowRunAnswer, cancellationToken);

    public async Task<FlowRunAnswer> ReadFlowRunAsync(Guid id, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, $"flow_runs/{id}", null, cancellationToken)
            .ConfigureAwait(false);
        return await ReadAsync(response, PrefectJson.Default.FlowRunAnswer, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>At most 200.</summary>
    public Task<IReadOnlyList<FlowRunAnswer>> FindFlowRunsAsync(
        FlowRunFilter filter, CancellationToken cancellationToken) => PostAsync(
            "flow_runs/filter", new FlowRunQuery { FlowRuns = filter }, PrefectJson.Default.FlowRunQuery,
            PrefectJson.Default.IReadOnlyListFlowRunAnswer, cancellationToken);

    /// <summary>At most 200.</summary>
    public Task<IReadOnlyList<TaskRunAnswer>> FindTaskRunsAsync(
        TaskRunFilter filter, CancellationToken cancellationToken) => PostAsync(
            "task_runs/filter", new TaskRunQuery { TaskRuns = filter }, PrefectJson.Default.TaskRunQuery,
            PrefectJson.Default.IReadOnlyListTaskRunAnswer, cancellationToken);

    public Task<SetStateAnswer> SetStateAsync(Guid run, StateBody state, CancellationToken cancellationToken) =>
        PostAsync(
            $"flow_runs/{run}/set_state", new SetStateBody(state, Force: false), PrefectJson.Default.SetStateBody,
            PrefectJson.Default.SetStateAnswer, cancellationToken);

    /// <summary>Adds labels to those that the run has; the same name is overwritten.</summary>
    public async Task AddLabelsAsync(Guid run, JsonObject labels, CancellationToken cancellationToken)
    {
        using var content = JsonContent.Create(labels, PrefectJson.Default.JsonObject);
        using var _ = await SendAsync(HttpMethod.Patch, $"flow_runs/{run}/labels", content, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Hands events over. Success does not say that they are stored: read back what they make.</summary>
    public async Task SendEventsAsync(IReadOnlyList<PrefectEvent> events, CancellationToken cancellationToken)
    {
        using var content = JsonContent.Create(events, PrefectJson.Default.IReadOnlyListPrefectEvent);
        using var _ = await SendAsync(HttpMethod.Post, "events", content, cancellationToken).ConfigureAwait(false);
    }

    public async Task SendLogsAsync(IReadOnlyList<LogBody> logs, CancellationToken cancellationToken)
    {
        using var content = JsonContent.Create(logs, PrefectJson.Default.IReadOnlyListLogBody);
        using var _ = await SendAsync(HttpMethod.Post, "logs/", content, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>All lines of a run in the order of their times.</summary>
    public async Task<IReadOnlyList<LogAnswer>> ReadLogsAsync(Guid run, CancellationToken cancellationToken)
    {
        var all = new List<LogAnswer>();
        while (true)
        {
            var query = new LogQuery { Logs = new LogFilter(new AnyOf<Guid>([run])), Offset = all.Count };
            var page = await PostAsync(
                "logs/filter", query, PrefectJson.Default.LogQuery, PrefectJson.Default.IReadOnlyListLogAnswer,
                cancellationToken).ConfigureAwait(false);
            all.AddRange(page);
            if (page.Count < query.Limit)
            {
                return all;
            }
        }
    }

    /// <summary>Null when there is none of this name.</summary>
    public async Task<string?> ReadVariableAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await SendAsync(HttpMethod.Get, $"variables/name/{name}", null, cancellationToken)
                .ConfigureAwait(false);
            var variable = await ReadAsync(response, PrefectJson.Default.VariableAnswer, cancellationToken)
                .ConfigureAwait(false);
            return variable.Value.ToString();
        }
        catch (PrefectException e) when (e.Fault is PrefectFault.Conflict)
        {
            return null;
        }
    }

    /// <summary>A conflict when there is one of this name.</summary>
    public async Task CreateVariableAsync(VariableBody variable, CancellationToken cancellationToken)
    {
        using var content = JsonContent.Create(variable, PrefectJson.Default.VariableBody);
        using var _ = await SendAsync(HttpMethod.Post, "variables/", content, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The id of a new artifact; sent twice there are two.</summary>
    public async Task<Guid> CreateArtifactAsync(ArtifactBody artifact, CancellationToken cancellationToken) =>
        (await PostAsync(
            "artifacts/", artifact, PrefectJson.Default.ArtifactBody, PrefectJson.Default.CreatedAnswer,
            cancellationToken).ConfigureAwait(false)).Id;

    public void Dispose() => _http.Dispose();

    private async Task GetAsync(string path, CancellationToken cancellationToken)
    {
        using var _ = await SendAsync(HttpMethod.Get, path, null, cancellationToken).ConfigureAwait(false);
    }

    private async Task<TAnswer> PostAsync<TBody, TAnswer>(
        string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> answerType,
        CancellationToken cancellationToken)
    {
        using var content = JsonContent.Create(body, bodyType);
        using var response = await SendAsync(HttpMethod.Post, path, content, cancellationToken).ConfigureAwait(false);
        return await ReadAsync(response, answerType, cancellationToken).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        if (Breaker is not { } breaker)
        {
            return await AskAsync(method, path, content, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            return await breaker.RunAsync(token => AskAsync(method, path, content, token), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (CircuitOpenException e)
        {
            throw new PrefectException(PrefectFault.Later, e.Message, e.RetryAfter, e);
        }
    }

    private async Task<HttpResponseMessage> AskAsync(
        HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (IsFromTheWay(e) && !cancellationToken.IsCancellationRequested)
        {
            throw new PrefectException(PrefectFault.Later, e.InnerException?.Message ?? e.Message, cause: e);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            var detail = await DetailAsync(response, cancellationToken).ConfigureAwait(false);
            throw new PrefectException(
                FaultOf(response.StatusCode), $"{method} {path}: {(int)response.StatusCode} {detail}",
                response.Headers.RetryAfter?.Delta);
        }
    }

    private static async Task<T> ReadAsync<T>(
        HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync(type, cancellationToken).ConfigureAwait(false)
                ?? throw new PrefectException(PrefectFault.Later, "an answer of null");
        }
        catch (Exception e) when (e is JsonException or IOException or HttpRequestException)
        {
            throw new PrefectException(PrefectFault.Later, "an answer that is not Prefect's: " + e.Message, cause: e);
        }
    }

    private static async Task<string> DetailAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        const int Longest = 500;
        try
        {
            var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            return text.Length > Longest ? text[..Longest] : text;
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return e.Message;
        }
    }

    private static bool IsFromTheWay(Exception e) =>
        e is HttpRequestException or IOException or OperationCanceledException;

    private static PrefectFault FaultOf(HttpStatusCode status) => (int)status switch
    {
        401 or 403 => PrefectFault.Unauthorised,
        404 or 409 => PrefectFault.Conflict,
        408 or 429 or >= 500 => PrefectFault.Later,
        _ => PrefectFault.Refused,
    };
}
