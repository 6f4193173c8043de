namespace Seatrial.Engine.Compose;

/// <summary>A published port; <see cref="HostPort"/> null is one that the engine chooses.</summary>
public sealed record ComposePort(
    int ContainerPort, string Protocol = "tcp", int? HostPort = null, string? HostIp = null);
