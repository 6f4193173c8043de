using Docker.DotNet.Models;
using Seatrial.Engine.Drivers;

namespace Seatrial.Docker.Tests;

public sealed class EngineMessagesTests
{
    [Fact]
    public void An_instant_keeps_its_fraction_in_the_engines_form()
    {
        var instant = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).AddTicks(1_234_567);

        Assert.Equal("1767323045.123456700", EngineMessages.Stamp(instant));
        Assert.Equal(instant, EngineMessages.Instant(new Message { TimeNano = 1_767_323_045_123_456_700 }));
    }

    [Theory]
    [InlineData("die", EngineEventKind.Died)]
    [InlineData("oom", EngineEventKind.OutOfMemory)]
    [InlineData("health_status: healthy", EngineEventKind.Healthy)]
    [InlineData("health_status: unhealthy", EngineEventKind.Unhealthy)]
    [InlineData("destroy", EngineEventKind.Removed)]
    public void An_action_is_of_its_kind(string action, EngineEventKind kind) =>
        Assert.Equal(kind, EngineMessages.Event(MessageOf(action))?.Kind);

    [Theory]
    [InlineData("exec_start: true")]
    [InlineData("health_status: starting")]
    [InlineData("attach")]
    public void Other_actions_are_none_of_ours(string action) => Assert.Null(EngineMessages.Event(MessageOf(action)));

    [Fact]
    public void A_death_bears_its_exit_code_and_labels()
    {
        var told = EngineMessages.Event(MessageOf("die"));

        Assert.Equal(137, told?.ExitCode);
        Assert.Equal("r1", told?.Labels["seatrial.run"]);
    }

    private static Message MessageOf(string action) => new()
    {
        Action = action,
        TimeNano = 1,
        Actor = new Actor
        {
            ID = "abc",
            Attributes = new Dictionary<string, string> { ["exitCode"] = "137", ["seatrial.run"] = "r1" },
        },
    };
}
