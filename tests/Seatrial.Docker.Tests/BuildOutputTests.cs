namespace Seatrial.Docker.Tests;

public sealed class BuildOutputTests
{
    private const string Step =
        "CtwCCkdzaGEyNTY6OWYzMzI1ZTJjZjMyOTQxOWIyNTNhZjBmNTkxZDRmNGQyMTY4NmFiNjkyZTQ5MTVjZGExYWM1OTJhOTE0"
        + "ZjE3MRJHc2hhMjU2Ojg2N2EzNzdkNzM4YmY3NDc0MjBiNjMxODdhY2E2MThjNGUwOGRiODgyZDhjNWE0NGY1NzcwZTE5YWVi"
        + "YTFlOTcaQVszLzNdIFJVTiBlY2hvIGhlbGxvOyBjYXQgL2V0Yy9yZXNvbHYuY29uZjsgZWNobyBvb3BzID4mMjsgZXhpdCAz"
        + "KgsI3OmU2AYQjrn1ZjIMCN3plNgGEJm3odECOmpleGVjdXRvciBmYWlsZWQgcnVubmluZyBbL2Jpbi9zaCAtYyBlY2hvIGhl"
        + "bGxvOyBjYXQgL2V0Yy9yZXNvbHYuY29uZjsgZWNobyBvb3BzID4mMjsgZXhpdCAzXTogZXhpdCBjb2RlOiAz";

    private const string Log =
        "GmAKR3NoYTI1Njo5ZjMzMjVlMmNmMzI5NDE5YjI1M2FmMGY1OTFkNGY0ZDIxNjg2YWI2OTJlNDkxNWNkYTFhYzU5MmE5MTRm"
        + "MTcxEgwI3emU2AYQ387TwwIYAiIFb29wcwo=";

    [Fact]
    public void The_old_builders_steps_are_told_and_its_id_is_kept()
    {
        var told = new List<string>();
        var output = new BuildOutput(new Listener(told.Add));

        output.Add("""{"stream":"Step 1/2 : FROM debian"}""");
        output.Add("""{"stream":"\n"}""");
        output.Add("""{"aux":{"ID":"sha256:12"}}""");

        Assert.Equal(["Step 1/2 : FROM debian"], told);
        Assert.Equal("sha256:12", output.Outcome.Id);
        Assert.Null(output.Outcome.Error);
    }

    [Fact]
    public void BuildKits_steps_and_logs_are_read_out_of_its_records()
    {
        var output = new BuildOutput(output: null);

        // Recorded from an engine 20.10.
        output.Add(Trace(Step));
        output.Add(Trace(Log));
        output.Add("""{"errorDetail":{"message":"executor failed"},"error":"executor failed"}""");

        Assert.Equal(
            ["[3/3] RUN echo hello; cat /etc/resolv.conf; echo oops >&2; exit 3", "oops"], output.Outcome.Output);
        Assert.Equal("executor failed", output.Outcome.Error);
        Assert.Null(output.Outcome.Id);
    }

    [Fact]
    public void A_line_that_comes_in_pieces_is_told_once_it_is_whole()
    {
        var trace = new BuildKitTrace();

        Assert.Empty(trace.Read(LogOf("one ")));
        Assert.Equal(["one two", "three"], trace.Read(LogOf("two\r\nthree\nfo")));
    }

    [Fact]
    public void A_step_is_named_once_and_internal_ones_never()
    {
        var trace = new BuildKitTrace();
        byte[] started = [0x2A, 0x00];

        Assert.Empty(trace.Read(Vertex("[1/1] FROM debian", [])));
        Assert.Equal(["[1/1] FROM debian"], trace.Read(Vertex("[1/1] FROM debian", started)));
        Assert.Empty(trace.Read(Vertex("[1/1] FROM debian", started)));
        Assert.Empty(trace.Read(Vertex("[internal] load metadata", started)));
    }

    [Fact]
    public void An_end_without_an_image_is_an_error() => Assert.NotNull(new BuildOutput(output: null).Outcome.Error);

    private static string Trace(string record) => $$"""{"id":"moby.buildkit.trace","aux":"{{record}}"}""";

    private static byte[] LogOf(string text) =>
        Field(3, [.. Field(1, "v"u8.ToArray()), .. Field(4, System.Text.Encoding.UTF8.GetBytes(text))]);

    private static byte[] Vertex(string name, byte[] rest) =>
        Field(
            1,
            [
                .. Field(1, System.Text.Encoding.UTF8.GetBytes("d" + name)),
                .. Field(3, System.Text.Encoding.UTF8.GetBytes(name)),
                .. rest,
            ]);

    private static byte[] Field(int number, byte[] content) =>
        [(byte)((number << 3) | 2), (byte)content.Length, .. content];

    private sealed class Listener(Action<string> listen) : IProgress<string>
    {
        public void Report(string value) => listen(value);
    }
}
