using System.Net;
using Docker.DotNet;
using Docker.DotNet.Models;
using Seatrial.Engine;
using Seatrial.Engine.Drivers;
using Seatrial.Engine.Images;

namespace Seatrial.Docker;

/// <summary>Images of a Docker Engine.</summary>
internal sealed class DockerImages(DockerConnection connection) : IImages, ICanBuildImages
{
    private const string BuildKit = "2";
    private const string OldBuilder = "1";

    public Task<ImageState?> InspectAsync(string reference, CancellationToken cancellationToken) =>
        connection.CallAsync(
            $"image {reference}",
            async (client, token) =>
            {
                try
                {
                    return StateOf(await client.Images.InspectImageAsync(reference, token));
                }
                catch (DockerImageNotFoundException)
                {
                    return null;
                }
            },
            cancellationToken);

    public Task<IReadOnlyList<ImageSummary>> ListAsync(
        string label, string? value, CancellationToken cancellationToken) =>
        connection.CallAsync<IReadOnlyList<ImageSummary>>(
            "its images",
            async (client, token) =>
            {
                var images = await client.Images.ListImagesAsync(
                    new ImagesListParameters { Filters = EngineValues.LabelFilter(label, value) }, token);
                return [.. images.Select(image => new ImageSummary(
                    image.ID,
                    [.. image.RepoTags ?? []],
                    EngineValues.Instant(image.Created),
                    EngineValues.Labels(image.Labels)) { Size = image.Size })];
            },
            cancellationToken);

    public Task<string?> PullAsync(string reference, CancellationToken cancellationToken) =>
        connection.CallAsync(
            $"a pull of {reference}",
            Timeout.InfiniteTimeSpan,
            async (client, token) =>
            {
                // A name alone would pull every tag there is.
                var image = ImageReference.Parse(reference).ToString();
                var messages = new Messages();
                try
                {
                    await client.Images.CreateImageAsync(
                        new ImagesCreateParameters { FromImage = image }, authConfig: null, messages, token);
                    return messages.Error;
                }
                catch (DockerApiException e)
                {
                    return EngineProblems.Message(e);
                }
            },
            cancellationToken);

    public Task TagAsync(string reference, string newReference, CancellationToken cancellationToken)
    {
        var name = ImageReference.Parse(newReference);
        return connection.CallAsync(
            $"the name {newReference} for image {reference}",
            (client, token) => client.Images.TagImageAsync(
                reference, new ImageTagParameters { RepositoryName = name.Name, Tag = name.Tag }, token),
            cancellationToken);
    }

    public Task<bool> RemoveAsync(string reference, CancellationToken cancellationToken) =>
        connection.CallAsync(
            $"the removal of image {reference}",
            async (client, token) =>
            {
                try
                {
                    await client.Images.DeleteImageAsync(reference, new ImageDeleteParameters(), token);
                    return true;
                }
                catch (DockerApiException e) when (e.StatusCode is HttpStatusCode.Conflict)
                {
                    return false;
                }
                catch (DockerApiException e) when (EngineProblems.IsGone(e))
                {
                    return true;
                }
            },
            cancellationToken);

    public async Task<ImageBuildOutcome> BuildAsync(
        ImageBuildRequest request, IProgress<string>? output, CancellationToken cancellationToken)
    {
        try
        {
            return await BuildAsync(request, BuildKit, output, cancellationToken);
        }
        catch (BuildKitMissingException)
        {
            request.Context.Position = 0;
            return await BuildAsync(request, OldBuilder, output, cancellationToken);
        }
    }

    public async Task<string> ImportAsync(string reference, Stream rootFileSystem, CancellationToken cancellationToken)
    {
        var name = ImageReference.Parse(reference);
        var messages = new Messages();
        await connection.CallAsync(
            $"the import of {reference}",
            Timeout.InfiniteTimeSpan,
            async (client, token) =>
            {
                await client.Images.CreateImageAsync(
                    new ImagesCreateParameters { FromSrc = "-", Repo = name.Name, Tag = name.Tag },
                    rootFileSystem,
                    authConfig: null,
                    messages,
                    token);
                return true;
            },
            cancellationToken);
        var image = messages.Error is null ? await InspectAsync(reference, cancellationToken) : null;
        return image?.Id ?? throw new SeatrialException(
            ExitCode.Unavailable,
            $"The engine did not take in {reference}: {messages.Error ?? "no reason given"}",
            reference,
            "mend what the engine's message names, then run the command again.");
    }

    private Task<ImageBuildOutcome> BuildAsync(
        ImageBuildRequest request, string builder, IProgress<string>? output, CancellationToken cancellationToken)
    {
        var length = request.Context.Length;
        return connection.CallAsync(
            $"the build of {request.Tags[0]}",
            Timeout.InfiniteTimeSpan,
            async (client, token) =>
            {
                var read = new BuildOutput(output);
                try
                {
#pragma warning disable CS0618 // The newer overload can't read BuildKit's progress: it takes every aux for an object.
                    using var answer = new StreamReader(
                        await client.Images.BuildImageFromDockerfileAsync(
                            request.Context, Parameters(request, builder), token));
#pragma warning restore CS0618
                    while (await answer.ReadLineAsync(token) is { } line)
                    {
                        read.Add(line);
                    }

                    return read.Outcome;
                }
                catch (DockerApiException e) when (builder is BuildKit && LacksBuildKit(e))
                {
                    throw new BuildKitMissingException(e);
                }
                catch (DockerApiException e) when (e.StatusCode is HttpStatusCode.BadRequest)
                {
                    return new ImageBuildOutcome { Error = EngineProblems.Message(e) };
                }
                catch (Exception e) when (e is IOException or HttpRequestException)
                {
                    var cause = e.GetBaseException().Message;
                    throw await BrokenBuilds.OfAsync(
                        client, request.Tags[0], length, cause, token) is { } problem
                            ? new SeatrialException(ExitCode.Unavailable, [problem], e)
                            : new IOException(cause, e);
                }
            },
            cancellationToken);
    }

    private static ImageBuildParameters Parameters(ImageBuildRequest request, string builder) => new()
    {
        Version = builder,
        Dockerfile = request.Dockerfile,
        Tags = [.. request.Tags],
        Target = request.Target,
        BuildArgs = request.Args.ToDictionary(),
        Labels = request.Labels.ToDictionary(),
        Remove = true,
        ForceRemove = true,
    };

    private static bool LacksBuildKit(DockerApiException exception) =>
        exception.StatusCode is HttpStatusCode.NotImplemented
        || EngineProblems.Message(exception).Contains("buildkit", StringComparison.OrdinalIgnoreCase);

    private static ImageState StateOf(ImageInspectResponse image) => new()
    {
        Id = image.ID,
        Tags = [.. image.RepoTags ?? []],
        Size = image.Size,
        TaggedAt = image.Metadata?.LastTagTime is { Year: > 1 } at ? EngineValues.Instant(at) : null,
        Layers = [.. image.RootFS?.Layers ?? []],
        Labels = EngineValues.Labels(image.Config?.Labels),
    };

    /// <summary>Keeps the error that an engine writes among its progress, after it has already said 200.</summary>
    private sealed class Messages : IProgress<JSONMessage>
    {
        public string? Error { get; private set; }

        public void Report(JSONMessage value) => Error ??= value.Error?.Message;
    }

    private sealed class BuildKitMissingException(Exception inner) : Exception(inner.Message, inner);
}
