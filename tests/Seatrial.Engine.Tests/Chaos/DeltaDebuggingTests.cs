using CsCheck;
using Seatrial.Engine.Chaos.Shrinking;

namespace Seatrial.Engine.Tests.Chaos;

public sealed class DeltaDebuggingTests
{
    private static readonly Gen<(int Count, int[] Needed)> _cases =
        from count in Gen.Int[1, 24]
        from needed in Gen.Int[0, count - 1].Array[1, Math.Min(count, 5)]
        select (count, needed.Distinct().Order().ToArray());

    [Fact]
    public async Task What_is_needed_is_left_and_nothing_else() => await _cases.SampleAsync(async sample =>
    {
        var smallest = await MinimizeAsync(sample.Count, part => sample.Needed.All(part.Contains));

        Assert.Equal(sample.Needed, smallest);
    });

    [Fact]
    public async Task Whatever_makes_it_fail_what_is_left_fails_and_can_lose_nothing() =>
        await Gen.Select(Gen.Int[1, 12], Gen.Int).SampleAsync(async (count, salt) =>
        {
            bool Fails(IReadOnlyList<int> part) =>
                part.Count == count || part.Aggregate(salt, (hash, item) => (hash * 31) + item) % 3 is 0;

            var smallest = await MinimizeAsync(count, Fails);

            Assert.True(Fails(smallest));
            Assert.All(smallest, item =>
                Assert.False(smallest.Count > 1 && Fails([.. smallest.Where(other => other != item)])));
        });

    [Fact]
    public async Task No_part_is_asked_for_twice_and_order_is_kept() => await _cases.SampleAsync(async sample =>
    {
        var asked = new HashSet<string>();
        await MinimizeAsync(sample.Count, part =>
        {
            Assert.True(asked.Add(string.Join(',', part)));
            Assert.Equal(part.Order(), part);
            return sample.Needed.All(part.Contains);
        });
    });

    [Fact]
    public async Task What_fails_only_sometimes_loses_nothing_that_is_needed() =>
        await Gen.Select(_cases, Gen.Int[30, 100], Gen.UInt).SampleAsync(async (sample, rate, salt) =>
        {
            var chance = new Random((int)(salt % int.MaxValue));
            var runs = Reproduction.RunsToClear(rate / 100.0, 0.05, 20);

            var smallest = await MinimizeAsync(sample.Count, part =>
                sample.Needed.All(part.Contains)
                && Enumerable.Range(0, runs).Any(_ => chance.Next(100) < rate));

            Assert.All(sample.Needed, item => Assert.Contains(item, smallest));
        });

    [Fact]
    public async Task An_interruption_passes_through()
    {
        using var interruption = new CancellationTokenSource();
        await interruption.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => DeltaDebugging.MinimizeAsync(
            [1, 2],
            (_, token) => Task.FromResult(token.IsCancellationRequested ? throw new OperationCanceledException(token) : true),
            interruption.Token));
    }

    [Fact]
    public async Task Two_of_ten_take_no_more_than_forty_questions() =>
        await (from one in Gen.Int[0, 9] from other in Gen.Int[0, 9] select (one, other)).SampleAsync(async pair =>
        {
            var asked = 0;
            await MinimizeAsync(10, part =>
            {
                asked++;
                return part.Contains(pair.one) && part.Contains(pair.other);
            });

            Assert.InRange(asked, 1, 40);
        });

    private static Task<IReadOnlyList<int>> MinimizeAsync(int count, Func<IReadOnlyList<int>, bool> fails) =>
        DeltaDebugging.MinimizeAsync(
            [.. Enumerable.Range(0, count)],
            (part, _) => Task.FromResult(fails(part)),
            TestContext.Current.CancellationToken);
}
