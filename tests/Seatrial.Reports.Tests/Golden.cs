using System.Runtime.CompilerServices;

namespace Seatrial.Reports.Tests;

/// <summary>Files that were looked at. <c>SEATRIAL_GOLDEN=write</c> writes them anew, except under CI.</summary>
internal static class Golden
{
    public static async Task MatchAsync(string name, string actual, [CallerFilePath] string caller = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(caller) ?? "", "Golden", name);
        if (Environment.GetEnvironmentVariable("SEATRIAL_GOLDEN") == "write")
        {
            Assert.True(
                string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")),
                "Golden files are written by people who look at them, never by CI: unset SEATRIAL_GOLDEN.");
            Directory.CreateDirectory(Path.GetDirectoryName(path) ?? "");
            await File.WriteAllTextAsync(path, actual, TestContext.Current.CancellationToken);
        }

        Assert.True(File.Exists(path), $"{path} is missing: run the tests with SEATRIAL_GOLDEN=write and look at it.");
        Assert.Equal(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken), actual);
    }
}
