using CsCheck;
using Seatrial.Engine.Images;

namespace Seatrial.Engine.Tests.Images;

public sealed class ImageManifestTests
{
    private static readonly Gen<Dictionary<string, string>> _values =
        Gen.Select(Gen.String[Gen.Char["ab:\n1 "], 0, 3], Gen.String[Gen.Char["ab:\n1 "], 0, 3]).Array[0, 4]
            .Select(pairs => pairs.DistinctBy(pair => pair.Item1).ToDictionary(pair => pair.Item1, pair => pair.Item2));

    private static readonly Gen<ImageManifest> _manifests = Gen.Select(
        Gen.String[Gen.Char["ab"], 0, 2],
        _values,
        _values,
        _values,
        _values,
        (dockerfile, args, labels, bases, files) => new ImageManifest
        {
            Dockerfile = dockerfile,
            Args = args,
            Labels = labels,
            Bases = bases,
            Files = files,
        });

    [Fact]
    public void A_key_is_a_tag_of_twelve_digits() =>
        _manifests.Sample(manifest => Assert.Matches("^[0-9a-f]{12}$", manifest.Key));

    [Fact]
    public void A_key_never_depends_on_the_order_of_values() =>
        _manifests.Sample(manifest => Assert.Equal(manifest.Key, Reversed(manifest).Key));

    [Fact]
    public void Two_manifests_have_one_key_only_when_nothing_differs() =>
        Gen.Select(_manifests, _manifests).Sample((one, other) =>
            Assert.Equal(ManifestChanges.Between(one, other).Count is 0, one.Key == other.Key));

    [Fact]
    public void Every_part_of_a_manifest_is_part_of_the_key()
    {
        var manifest = new ImageManifest { Dockerfile = "d" };
        var one = new Dictionary<string, string> { ["a"] = "b" };
        string[] keys =
        [
            manifest.Key,
            (manifest with { Dockerfile = "e" }).Key,
            (manifest with { Target = "t" }).Key,
            (manifest with { Args = one }).Key,
            (manifest with { Labels = one }).Key,
            (manifest with { Bases = one }).Key,
            (manifest with { Files = one }).Key,
        ];

        Assert.Distinct(keys);
    }

    private static ImageManifest Reversed(ImageManifest manifest) => manifest with
    {
        Args = manifest.Args.Reverse().ToDictionary(),
        Labels = manifest.Labels.Reverse().ToDictionary(),
        Bases = manifest.Bases.Reverse().ToDictionary(),
        Files = manifest.Files.Reverse().ToDictionary(),
    };
}
