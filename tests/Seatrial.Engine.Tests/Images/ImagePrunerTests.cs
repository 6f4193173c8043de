using Seatrial.Engine.Drivers;
using Seatrial.Engine.Images;

namespace Seatrial.Engine.Tests.Images;

public sealed class ImagePrunerTests
{
    [Fact]
    public void The_current_version_and_the_two_youngest_others_stay() =>
        Assert.Equal(
            ["app:c", "app:a"],
            ImagePruner.Old(
                [Image("a", 1), Image("b", 5), Image("c", 3), Image("now", 2), Image("d", 4)], "app", "now"));

    [Fact]
    public void Names_that_are_not_keys_are_never_taken_away()
    {
        var foreign = new ImageSummary("id", ["app:mine"], default, new Dictionary<string, string>());
        var renamed = Image("a", 1) with { Tags = ["other:a"] };

        Assert.Empty(ImagePruner.Old([foreign, renamed, renamed, renamed], "app", "now"));
    }

    private static ImageSummary Image(string key, int day) => new(
        key,
        [$"app:{key}", "app:latest"],
        default,
        new Dictionary<string, string>
        {
            [ImageLabels.Key] = key,
            [ImageLabels.Created] = $"2026-01-0{day}T00:00:00.000Z",
        });
}
