namespace Seatrial.Docker.Tests;

public sealed class EngineRefusalsTests
{
    private const string Id = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData(
        "driver failed programming external connectivity on endpoint a (b): Bind for 0.0.0.0:8080 failed: "
            + "port is already allocated",
        "Host port 8080 is in use.")]
    [InlineData(
        "driver failed programming external connectivity on endpoint a (b): Error starting userland proxy: "
            + "listen tcp4 127.0.0.1:8080: bind: address already in use",
        "Host port 8080 is in use.")]
    [InlineData(
        "failed to set up container networking: driver failed programming external connectivity on endpoint a (b): "
            + "failed to bind host port 0.0.0.0:8080/tcp: address already in use",
        "Host port 8080 is in use.")]
    [InlineData("No such image: seatrial/none:latest", "The engine has no image seatrial/none:latest.")]
    [InlineData(
        $"Conflict. The container name \"/mine\" is already in use by container \"{Id}\". "
            + "You have to remove (or rename) that container to be able to reuse that name.",
        "The container name mine is in use by container 0123456789ab.")]
    [InlineData(
        "Error processing tar file(exit status 1): write /big: no space left on device",
        "The disk of the engine is full.")]
    [InlineData("network outer not found", "The engine has no network outer.")]
    [InlineData(
        "invalid mount config for type \"bind\": bind source path does not exist: /no/such",
        "The path /no/such is not on the engine's host.")]
    [InlineData(
        "could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network",
        "The engine has no more address ranges for networks.")]
    [InlineData(
        "all predefined address pools have been fully subnetted",
        "The engine has no more address ranges for networks.")]
    [InlineData(
        "failed to create shim: OCI runtime create failed: container_linux.go:380: starting container process caused: "
            + "exec: \"/no/such\": stat /no/such: no such file or directory: unknown",
        "The image can't run /no/such: no such file or directory.")]
    [InlineData(
        "OCI runtime create failed: runc create failed: unable to start container process: "
            + "exec: \"wrong\": executable file not found in $PATH: unknown",
        "The image can't run wrong: executable file not found in $PATH.")]
    public void A_refusal_says_what_it_is_about(string message, string what)
    {
        var problem = EngineRefusals.Of(message, "the start of a");

        Assert.NotNull(problem);
        Assert.Equal(what, problem.What);
        Assert.Equal("the start of a", problem.Where);
        Assert.NotEmpty(problem.Fix);
    }

    [Fact]
    public void What_is_none_of_them_is_none() => Assert.Null(EngineRefusals.Of("a wholly new disaster", "x"));
}
