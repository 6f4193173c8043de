using Seatrial.Engine.Compose;

namespace Seatrial.Engine.Tests.Compose;

public sealed class PortReaderTests
{
    [Theory]
    [InlineData("80", "80/tcp")]
    [InlineData("'80'", "80/tcp")]
    [InlineData("8080:80", "8080>80/tcp")]
    [InlineData("'22:22'", "22>22/tcp")]
    [InlineData("8080:80/udp", "8080>80/udp")]
    [InlineData("80/UDP", "80/udp")]
    [InlineData("'127.0.0.1:8080:80'", "127.0.0.1:8080>80/tcp")]
    [InlineData("'127.0.0.1::80'", "127.0.0.1>80/tcp")]
    [InlineData("'[::1]:8080:80'", "::1:8080>80/tcp")]
    [InlineData("':80'", "80/tcp")]
    [InlineData("'0:80'", "80/tcp")]
    [InlineData("3000-3002", "3000/tcp 3001/tcp 3002/tcp")]
    [InlineData("'8000-8001:3000-3001'", "8000>3000/tcp 8001>3001/tcp")]
    [InlineData("{target: 80}", "80/tcp")]
    [InlineData("{target: '80', published: '8080', host_ip: 127.0.0.1, protocol: udp}", "127.0.0.1:8080>80/udp")]
    [InlineData("{target: 80, published: 8080, host_ip: '::1'}", "::1:8080>80/tcp")]
    public void A_port_has_many_forms(string form, string expected) =>
        Assert.Equal(expected, string.Join(' ', ComposeText.Service($"ports: [{form}]").Ports.Select(Show)));

    [Theory]
    [InlineData("http", "has \"http\" where a port belongs")]
    [InlineData("'8080:'", "has \"\" where a port belongs")]
    [InlineData("0", "has \"0\" where a port belongs")]
    [InlineData("65536", "has \"65536\" where a port belongs")]
    [InlineData("3002-3000", "has \"3002-3000\" where a port belongs")]
    [InlineData("'x:80'", "has \"x\" where a port belongs")]
    [InlineData("80/http", "has the protocol http")]
    [InlineData("'localhost:8080:80'", "publishes at localhost, which is no address")]
    [InlineData("'::1:8080:80'", "publishes at ::1, which is no address")]
    [InlineData("'1:8080:80'", "publishes at 1, which is no address")]
    [InlineData("'8000-8002:3000-3001'", "maps 3 ports of the host to 2 of the container")]
    [InlineData("{published: 80}", "has no target")]
    [InlineData("{target: 80, host_ip: here}", "services.app.ports[0].host_ip is the text \"here\"")]
    [InlineData("[80]", "services.app.ports[0] is a list, where a single value belongs")]
    public void What_is_no_port_is_told(string form, string what) =>
        ComposeText.Only(ComposeText.ReadService($"ports: [{form}]"), what);

    [Fact]
    public void A_choice_of_host_ports_is_left_to_the_engine_and_told()
    {
        var reading = ComposeText.ReadService("ports: ['8000-8010:80']");

        Assert.Equal("80/tcp", Show(Assert.Single(reading.Project?.Services["app"].Ports ?? [])));
        Assert.Equal(Severity.Warning, ComposeText.Only(reading, "which is not honoured").Severity);
    }

    private static string Show(ComposePort port)
    {
        var host = string.Join(':', new[] { port.HostIp, port.HostPort?.ToString() }.OfType<string>());
        return $"{(host.Length is 0 ? "" : host + ">")}{port.ContainerPort}/{port.Protocol}";
    }
}
