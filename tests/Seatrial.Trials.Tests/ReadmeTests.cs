using Seatrial.Testing;

namespace Seatrial.Trials.Tests;

public sealed class ReadmeTests
{
    [Fact]
    public void Its_two_commands_are_the_trial_and_the_tests() =>
        Assert.Equal(["./seatrial trial systems/rpa", "./test"], ReadmeCommands.All);

    [Fact]
    public void It_is_short() => Assert.True(File.ReadAllLines(Repository.PathOf("README.md")).Length <= 150);
}
