namespace Seatrial.Architecture.Tests;

public sealed class SourceTests
{
    private const int MostSuppressions = 5;

    [Fact]
    public void Files_and_lines_are_short() => Offences.None(SourceFile.All().SelectMany(SourceRules.TooLong));

    [Fact]
    public void Methods_are_short() =>
        Offences.None(SourceFile.All("src", "flows").SelectMany(SourceRules.LongMethods));

    [Fact]
    public void Constructors_take_few_parameters() =>
        Offences.None(SourceFile.All("src", "flows").SelectMany(SourceRules.WideConstructors));

    [Fact]
    public void Nothing_is_said_to_be_not_null_against_the_compiler() =>
        Offences.None(SourceFile.All("src", "flows").SelectMany(SourceRules.NullForgiving));

    [Fact]
    public void Namespaces_are_folders() => Offences.None(SourceFile.All().SelectMany(SourceRules.ForeignNamespaces));

    [Fact]
    public void Warnings_are_switched_off_rarely_and_with_a_reason()
    {
        var suppressions = SourceFile.All("src", "flows").SelectMany(SourceRules.Suppressions).ToList();

        Assert.DoesNotContain(suppressions, suppression => !suppression.HasReason);
        Offences.None(suppressions.Skip(MostSuppressions).Select(suppression => suppression.Place));
    }
}
