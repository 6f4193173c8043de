namespace Seatrial.Trials.Tests;

/// <summary>The sample system with who surrounds its flows.</summary>
internal static class WholeSystem
{
    /// <summary>Its images, for systems that take them as they are.</summary>
    public static async Task BuildAsync()
    {
        using var folder = new TrialFolder();
        folder.Variables["COMPOSE_PROFILES"] = "whole";
        Assert.True(await folder.SeatrialAsync("build", TrialFolder.Rpa) == 0, folder.Output);
    }
}
