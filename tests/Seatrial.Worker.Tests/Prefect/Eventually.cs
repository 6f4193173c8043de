using Seatrial.Worker.Prefect;
using Seatrial.Worker.Tests.Hosting;

namespace Seatrial.Worker.Tests.Prefect;

/// <summary>Waits for what another process does at a time of its own, and that tells nobody.</summary>
internal static class Eventually
{
    private static readonly TimeSpan _beat = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _most = TimeSpan.FromMinutes(3);

    public static Task HoldsAsync(Func<Task<bool>> condition) => HoldsAsync(null, condition);

    public static async Task HoldsAsync(LogWatch? log, Func<Task<bool>> condition)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                if (await condition())
                {
                    return;
                }
            }
            catch (PrefectException e) when (e.Fault is PrefectFault.Later)
            {
                // It does not answer yet.
            }

            Assert.True(
                TimeProvider.System.GetElapsedTime(began) < _most,
                $"it did not come to hold: {string.Join('\n', log?.Lines ?? [])}");
            await Task.Delay(_beat, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
