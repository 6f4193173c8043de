using Docker.DotNet;
using Docker.DotNet.Models;
using Seatrial.Engine;
using Seatrial.Engine.Drivers;

namespace Seatrial.Docker;

/// <summary>Runs commands in containers.</summary>
internal static class ContainerExec
{
    public static async Task<int> RunAsync(
        DockerConnection connection,
        string id,
        ExecRequest request,
        ExecStreams streams,
        CancellationToken cancellationToken)
    {
        var what = $"{request.Command[0]} in container {id}";
        var exec = await connection.CallAsync(
            what,
            async (client, token) =>
                (await client.Exec.CreateContainerExecAsync(id, Parameters(request, streams), token)).ID,
            cancellationToken);
        await connection.CallAsync(
            what,
            Timeout.InfiniteTimeSpan,
            async (client, token) =>
            {
                using var attached = await client.Exec.StartContainerExecAsync(
                    exec, new ContainerExecStartParameters { TTY = request.Terminal is not null }, token);
                await ResizeAsync(client, exec, request.Terminal, token);
                await ExchangeAsync(attached, streams, token);
                return true;
            },
            cancellationToken);
        var ended = await connection.CallAsync(
            what, (client, token) => client.Exec.InspectContainerExecAsync(exec, token), cancellationToken);
        return (int)(ended.ExitCode ?? throw new SeatrialException(
            ExitCode.Unavailable,
            $"The connection to {what} broke before it ended.",
            connection.Endpoint.ToString(),
            "Look whether the container still runs: seatrial ps"));
    }

    private static ContainerExecCreateParameters Parameters(ExecRequest request, ExecStreams streams) => new()
    {
        Cmd = [.. request.Command],
        User = request.User ?? "",
        WorkingDir = request.WorkingDir ?? "",
        Env = [.. request.Environment],
        Privileged = request.Privileged,
        TTY = request.Terminal is not null,
        AttachStdin = streams.Input is not null,
        AttachStdout = true,
        AttachStderr = true,
    };

    private static Task ResizeAsync(
        DockerClient client, string exec, TerminalSize? size, CancellationToken cancellationToken) => size is null
        ? Task.CompletedTask
        : client.Exec.ResizeExecTtyAsync(
            exec, new ContainerResizeParameters { Width = size.Columns, Height = size.Rows }, cancellationToken);

    private static async Task ExchangeAsync(
        MultiplexedStream attached, ExecStreams streams, CancellationToken cancellationToken)
    {
        if (streams.Input is not null)
        {
            // Not waited for: a read from a terminal can't be cut, and ends with the program.
            _ = SendAsync(attached, streams.Input, cancellationToken);
        }

        await attached.CopyOutputToAsync(Stream.Null, streams.Output, streams.Error, cancellationToken);
    }

    private static async Task SendAsync(
        MultiplexedStream attached, Stream input, CancellationToken cancellationToken)
    {
        var buffer = new byte[32 * 1024];
        while (await input.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            await attached.WriteAsync(buffer, 0, count, cancellationToken);
        }

        attached.CloseWrite();
    }
}
