namespace Seatrial.Architecture.Tests;

/// <summary>Assertions that show every offence, one a line.</summary>
internal static class Offences
{
    public static void None(IEnumerable<string> offences)
    {
        var all = offences.ToList();
        Assert.True(all.Count is 0, $"{all.Count}:\n{string.Join('\n', all)}");
    }
}
