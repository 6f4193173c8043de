using System.Runtime.CompilerServices;

namespace Seatrial.Testing;

/// <summary>
/// Files that a person has looked at, beside the test. <c>SEATRIAL_GOLDEN=write</c> writes them anew, except under CI.
/// </summary>
public static class Golden
{
    /// <summary>The file's text, to compare <paramref name="actual"/> with.</summary>
    public static string Expected(string name, string actual, [CallerFilePath] string caller = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(caller) ?? "", name);
        if (Environment.GetEnvironmentVariable("SEATRIAL_GOLDEN") == "write")
        {
            if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")))
            {
                throw new InvalidOperationException(
                    "Golden files are written by people who look at them, never by CI.");
            }

            File.WriteAllText(path, actual);
        }

        return File.Exists(path)
            ? File.ReadAllText(path)
            : throw new FileNotFoundException("Run the test with SEATRIAL_GOLDEN=write, and look at the file.", path);
    }
}
