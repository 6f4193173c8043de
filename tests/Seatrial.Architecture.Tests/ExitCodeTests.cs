using Seatrial.Engine;

namespace Seatrial.Architecture.Tests;

public sealed class ExitCodeTests
{
    // Scripts of our users compare with these numbers.
    private static readonly Dictionary<string, int> Codes = new()
    {
        ["Pass"] = 0,
        ["Fail"] = 1,
        ["Unknown"] = 2,
        ["Usage"] = 64,
        ["Unavailable"] = 69,
        ["Software"] = 70,
        ["Configuration"] = 78,
        ["Interrupted"] = 130,
    };

    [Fact]
    public void Exit_codes_never_change() =>
        Assert.Equal(Codes, Enum.GetValues<ExitCode>().ToDictionary(code => code.ToString(), code => (int)code));
}
