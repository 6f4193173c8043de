using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Seatrial.Engine.Compose;
using Seatrial.Engine.Specs;
using Seatrial.Testing;

namespace Seatrial.Engine.Tests.Compose;

public sealed class RpaTests
{
    private static readonly JsonSerializerOptions Form = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(), new TriggerText() },
    };

    private static readonly Dictionary<string, string> NoEnvironment = [];

    [Fact]
    public void The_systems_compose_file_means_what_the_golden_file_says()
    {
        var reading = ComposeReader.Read(Repository.PathOf("systems/rpa"), NoEnvironment);

        Assert.Empty(reading.Problems);
        Assert.NotNull(reading.Project);
        AssertGolden(
            "rpa.compose.golden.json", reading.Project with { Positions = new Dictionary<string, SourcePosition>() });
    }

    [Fact]
    public void The_systems_seatrial_file_means_what_the_golden_file_says()
    {
        var project = ComposeReader.Read(Repository.PathOf("systems/rpa/compose.yaml"), NoEnvironment).Project;
        Assert.NotNull(project);

        var reading = SpecReader.Read(project, NoEnvironment);

        Assert.Empty(reading.Problems);
        AssertGolden("rpa.seatrial.golden.json", reading.Spec);
    }

    [Fact]
    public void Both_files_are_read_and_checked_in_less_than_60_ms_of_a_processor()
    {
        var best = Enumerable.Range(0, 20).Min(_ =>
        {
            var began = ThreadTime.Used();
            var reading = SystemReader.Read(
                new ComposeRequest { Path = Repository.PathOf("systems/rpa") }, NoEnvironment);
            Assert.NotNull(reading.Spec);
            return ThreadTime.Used() - began;
        });

        Assert.InRange(best.TotalMilliseconds, 0, 60);
    }

    private static void AssertGolden<T>(string name, T value)
    {
        var actual = JsonSerializer.Serialize(value, Form)
            .Replace(Repository.Root, "REPOSITORY", StringComparison.Ordinal) + "\n";
        Assert.Equal(Golden.Expected(name, actual), actual);
    }

    private sealed class TriggerText : JsonConverter<FaultTrigger>
    {
        public override FaultTrigger Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, FaultTrigger value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
