using System.Text.RegularExpressions;
using Seatrial.Testing;
using Seatrial.Worker.Processing;
using Seatrial.Worker.Tests.Processing;

namespace Seatrial.Worker.Tests.Guide;

/// <summary>What docs/worker.md shows compiles, because it stands in files of this folder, and works.</summary>
public sealed partial class GuideTests
{
    private static readonly string _guide = File.ReadAllText(Repository.PathOf("docs/worker.md"));

    [Fact]
    public void Each_piece_of_code_stands_in_a_file_that_is_compiled()
    {
        var compiled = string.Join('\n', Directory
            .GetFiles(Repository.PathOf("tests/Seatrial.Worker.Tests/Guide"), "*.cs")
            .Select(file => Plain(File.ReadAllText(file))));
        var pieces = Code().Matches(_guide).Select(match => Plain(match.Groups[1].Value)).ToList();

        Assert.NotEmpty(pieces);
        Assert.All(pieces, piece => Assert.Contains(piece, compiled, StringComparison.Ordinal));
    }

    [Fact]
    public void Each_page_and_file_that_it_links_to_is_there()
    {
        var links = Link().Matches(_guide).Select(match => match.Groups[1].Value).ToList();

        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.True(Path.Exists(Repository.PathOf($"docs/{link}")), link));
    }

    [Fact]
    public async Task Records_that_are_put_in_as_shown_lie_in_rows_and_in_chunks()
    {
        await using var queue = await TestQueue.CreateAsync();
        await using var connection = await queue.DataSource.OpenConnectionAsync(TestQueue.Cancellation);
        var orders = Enumerable.Range(1, 700).Select(i => new Order("tea", i, 2.5m)).ToList();

        await Intake.PutInAsync(connection, orders, TestQueue.Cancellation);

        Assert.Equal(
            ["order:1 0 True", "order:2 1 False"],
            await queue.RowsAsync("select key, priority, run_at <= now() from seatrial.records order by key"));
        Assert.Equal(["500", "198"], await queue.RowsAsync("select records from seatrial.chunks order by id"));
    }

    [Fact]
    public void The_handler_that_is_shown_prices_and_rejects()
    {
        var record = new Record<Order>
        {
            Id = 1,
            Key = "order:1",
            Payload = new Order("tea", 3, 2.5m),
            Attempt = 1,
            Fence = 1,
        };

        Assert.Equal("""{"article":"tea","total":7.5}""", Pricing.Price(record).Result);
        Assert.StartsWith(
            "quantity is 0", Pricing.Price(record with { Payload = new Order("tea", 0, 2.5m) }).Rejection,
            StringComparison.Ordinal);
    }

    /// <summary>Without the indentation, which depends on where the piece stands.</summary>
    private static string Plain(string code) =>
        string.Join('\n', code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\(([^)#:]+)\)")]
    private static partial Regex Link();
}
