namespace Seatrial.Architecture.Tests;

public sealed class SourceRulesTests
{
    [Fact]
    public void A_long_file_and_a_long_line_are_found()
    {
        Assert.Equal(
            ["src/A/B.cs: 301 lines"], SourceRules.TooLong(File(string.Concat(Enumerable.Repeat("\n", 300)) + "//")));
        Assert.Equal(["src/A/B.cs:2: 121 characters"], SourceRules.TooLong(File("\n// " + new string('x', 118))));
        Assert.Empty(SourceRules.TooLong(File(string.Concat(Enumerable.Repeat("//\n", 300)))));
    }

    [Theory]
    [InlineData("void M()\n{")]
    [InlineData("int P { get\n{")]
    [InlineData("void M() { void L()\n{")]
    public void A_long_method_is_found(string start)
    {
        var body = string.Concat(Enumerable.Repeat("\n;", 60));

        Assert.NotEmpty(SourceRules.LongMethods(File($"class C {{ {start}{body}\n}} }} }}")));
        Assert.Empty(SourceRules.LongMethods(File($"class C {{ {start}{body[..100]}\n}} }} }}")));
    }

    [Theory]
    [InlineData("class C(int a, int b, int c, int d, int e, int f);", true)]
    [InlineData("class C { C(int a, int b, int c, int d, int e, int f) { } }", true)]
    [InlineData("class C(int a, int b, int c, int d, int e);", false)]
    [InlineData("record C(int a, int b, int c, int d, int e, int f);", false)]
    [InlineData("class C { void M(int a, int b, int c, int d, int e, int f) { } }", false)]
    public void A_wide_constructor_is_found(string text, bool isFound) =>
        Assert.Equal(isFound, SourceRules.WideConstructors(File(text)).Any());

    [Theory]
    [InlineData("class C { string M(string? a) => a!; }", true)]
    [InlineData("class C { int M(string? a) => a!.Length; }", true)]
    [InlineData("class C { bool M(bool a) => !a; }", false)]
    [InlineData("class C { string M() => \"a!\"; } // a!", false)]
    public void A_null_forgiving_operator_is_found(string text, bool isFound) =>
        Assert.Equal(isFound, SourceRules.NullForgiving(File(text)).Any());

    [Theory]
    [InlineData("namespace A;", false)]
    [InlineData("namespace A.B;", true)]
    [InlineData("namespace B { }", true)]
    public void A_namespace_that_is_not_the_folder_is_found(string text, bool isFound) =>
        Assert.Equal(isFound, SourceRules.ForeignNamespaces(File(text)).Any());

    [Theory]
    [InlineData("#pragma warning disable CA1031 // The reason.\nclass C;", true)]
    [InlineData("#pragma warning disable CA1031\nclass C;", false)]
    [InlineData("[SuppressMessage(\"a\", \"b\", Justification = \"The reason.\")] class C;", true)]
    [InlineData("[SuppressMessage(\"a\", \"b\")] class C;", false)]
    public void A_suppression_is_found_with_its_reason(string text, bool hasReason) =>
        Assert.Equal([("src/A/B.cs:1", hasReason)], SourceRules.Suppressions(File(text)));

    [Fact]
    public void Restoring_a_warning_is_no_suppression() =>
        Assert.Empty(SourceRules.Suppressions(File("#pragma warning restore CA1031\nclass C;")));

    private static SourceFile File(string text) => new("src/A/B.cs", text);
}
