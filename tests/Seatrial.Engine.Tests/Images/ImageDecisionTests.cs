using Seatrial.Engine.Images;

namespace Seatrial.Engine.Tests.Images;

public sealed class ImageDecisionTests
{
    private static readonly ImageManifest _last = new()
    {
        Dockerfile = "d",
        Args = Pairs(("VERSION", "1")),
        Bases = Pairs(("debian", "id1")),
        Files = Pairs(("a", "1"), ("b", "1"), ("c", "1")),
    };

    [Fact]
    public void An_image_that_the_engine_has_is_not_built() =>
        Assert.Empty(ImageDecision.ReasonsFor(_last with { Dockerfile = "e" }, _last, exists: true));

    [Fact]
    public void A_first_build_and_an_image_that_was_removed_say_so()
    {
        Assert.Equal(["it was never built here"], ImageDecision.ReasonsFor(_last, last: null, exists: false));
        Assert.Equal(["the engine no longer has it"], ImageDecision.ReasonsFor(_last, _last, exists: false));
    }

    [Fact]
    public void Reasons_name_what_changed_the_widest_cause_first()
    {
        var wanted = new ImageManifest
        {
            Dockerfile = "e",
            Target = "final",
            Args = Pairs(("VERSION", "2")),
            Labels = Pairs(("owner", "me")),
            Bases = Pairs(("debian", "id2")),
            Files = Pairs(("a", "1"), ("b", "2"), ("d", "1")),
        };

        Assert.Equal(
            [
                "debian below it changed",
                "its Dockerfile changed",
                "its target changed from the last stage",
                "build argument VERSION changed",
                "label owner changed",
                "b changed",
                "c is gone",
                "d is new",
            ],
            ImageDecision.ReasonsFor(wanted, _last, exists: false));
    }

    [Fact]
    public void Of_many_changed_files_the_first_five_are_named()
    {
        var wanted = _last with { Files = Enumerable.Range(0, 9).ToDictionary(i => $"f{i}", _ => "1") };

        var reasons = ImageDecision.ReasonsFor(wanted, _last with { Files = Pairs() }, exists: false);

        Assert.Equal(["f0 is new", "f1 is new", "f2 is new", "f3 is new", "f4 is new", "and 4 more files"], reasons);
    }

    private static Dictionary<string, string> Pairs(params (string Key, string Value)[] pairs) =>
        pairs.ToDictionary(pair => pair.Key, pair => pair.Value);
}
