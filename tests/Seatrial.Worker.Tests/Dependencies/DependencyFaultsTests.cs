using System.Net.Sockets;
using Npgsql;
using Seatrial.Wire;
using Seatrial.Worker.Dependencies;

namespace Seatrial.Worker.Tests.Dependencies;

public sealed class DependencyFaultsTests
{
    [Theory]
    [InlineData("28P01", DependencyCauses.Authentication)]
    [InlineData("28000", DependencyCauses.Authentication)]
    [InlineData("3D000", DependencyCauses.DatabaseMissing)]
    [InlineData("42501", DependencyCauses.Permission)]
    [InlineData("53300", DependencyCauses.OutOfConnections)]
    [InlineData("57P03", DependencyCauses.StartingUp)]
    [InlineData("57P01", DependencyCauses.StartingUp)]
    [InlineData("55000", DependencyCauses.StartingUp)]
    [InlineData("22012", DependencyCauses.Unhealthy)]
    public void What_the_server_says_has_a_cause(string state, string cause) => Assert.Equal(
        cause, DependencyFaults.Of(new PostgresException("said", "FATAL", "FATAL", state), "db:5432/rpa").Cause);

    [Theory]
    [InlineData(SocketError.HostNotFound, DependencyCauses.Name)]
    [InlineData(SocketError.TryAgain, DependencyCauses.Name)]
    [InlineData(SocketError.ConnectionRefused, DependencyCauses.Refused)]
    [InlineData(SocketError.NetworkUnreachable, DependencyCauses.Unreachable)]
    [InlineData(SocketError.HostUnreachable, DependencyCauses.Unreachable)]
    [InlineData(SocketError.TimedOut, DependencyCauses.Timeout)]
    [InlineData(SocketError.ConnectionReset, DependencyCauses.Broken)]
    public void The_innermost_socket_has_the_cause(SocketError error, string cause)
    {
        var fault = DependencyFaults.Of(
            new NpgsqlException("outer", new IOException("middle", new SocketException((int)error))), "db:5432/rpa");

        Assert.Equal(cause, fault.Cause);
        Assert.Contains("db:5432/rpa", fault.What, StringComparison.Ordinal);
        Assert.EndsWith(".", fault.Fix, StringComparison.Ordinal);
    }
}
