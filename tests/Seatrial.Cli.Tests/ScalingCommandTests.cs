using Seatrial.Engine;

namespace Seatrial.Cli.Tests;

/// <summary>What <c>scaling</c> refuses before it starts anything.</summary>
public sealed class ScalingCommandTests : IDisposable
{
    private readonly CommandRun _run = new CommandRun()
        .With("shop/compose.yaml", """
            services:
              db: {image: postgres, environment: {POSTGRES_PASSWORD: secret}}
              orders: {image: orders}
              only: {image: orders, container_name: only}
            """)
        .With("shop/seatrial.yaml", "records: {stages: [orders]}\nworkload: {file: orders.csv, key: number}\n")
        .With("shop/orders.csv", "number\n1\n");

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("Option '--service' is required", "shop")]
    [InlineData("shop has no service order", "shop", "--service", "order")]
    [InlineData("Did you mean orders?", "shop", "--service", "order")]
    [InlineData("so there can be one only", "shop", "--service", "only")]
    [InlineData("'1' is no list of two or more", "shop", "--service", "orders", "--workers", "1")]
    [InlineData("'2,2' is no list of two or more", "shop", "--service", "orders", "--workers", "2,2")]
    [InlineData("'1,-2' is no list of two or more", "shop", "--service", "orders", "--workers", "1,-2")]
    [InlineData("'1,x' is no list of two or more", "shop", "--service", "orders", "--workers", "1,x")]
    [InlineData("0 rounds tell nothing", "shop", "--service", "orders", "--rounds", "0")]
    [InlineData("no whole number", "shop", "--service", "orders", "--records", "many")]
    public async Task It_says_what_is_wrong(string expected, params string[] arguments)
    {
        Assert.Equal((int)ExitCode.Usage, await _run.RunAsync(["scaling", .. arguments]));

        Assert.Contains(expected, _run.Error, StringComparison.Ordinal);
    }
}
