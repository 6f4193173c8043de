using System.Text.Json;
using Seatrial.Engine.Specs;
using Seatrial.Engine.Workloads;
using Seatrial.Testing;

namespace Seatrial.Engine.Tests.Workloads;

public sealed class RecordSourceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seatrial-records-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_survey_file_has_21483_answers()
    {
        var source = new RecordSource(Spec(Repository.PathOf("systems/rpa/data/gss_cat.csv"), key: ""), seed: 1);

        Assert.Equal(21_483, source.CountRows());
        Assert.Equal(21_483, source.Read(21_483).Select(record => record.Key).Distinct().Count());
    }

    [Fact]
    public void A_payload_has_each_column_but_the_key_as_text()
    {
        var source = Of("id,name,note\n7,\"O\"\"Brien, Ann\",NA\n");

        var record = Assert.Single(source.Read(1));

        Assert.Equal("row:7", record.Key);
        using var payload = JsonDocument.Parse(record.Payload);
        Assert.Equal("O\"Brien, Ann", payload.RootElement.GetProperty("name").GetString());
        Assert.Equal("NA", payload.RootElement.GetProperty("note").GetString());
        Assert.Equal(2, payload.RootElement.EnumerateObject().Count());
    }

    [Fact]
    public void More_records_than_rows_go_round_again_under_other_keys()
    {
        var source = Of("id,name\n1,a\n2,b\n");

        Assert.Equal(["row:1", "row:2", "row:1~2", "row:2~2", "row:1~3"], source.Read(5).Select(record => record.Key));
    }

    [Fact]
    public void A_file_without_rows_gives_no_records_and_ends()
    {
        var source = Of("id,name\n");

        Assert.Equal(0, source.CountRows());
        Assert.Empty(source.Read(5));
    }

    [Fact]
    public void A_mix_draws_by_weight_and_one_seed_gives_the_same_records()
    {
        var (first, other, third) = (Mix(seed: 7), Mix(seed: 7), Mix(seed: 8));

        Assert.Equal(first, other);
        Assert.NotEqual(first, third);
        Assert.Equal(4000, first.Select(record => record.Key).Distinct().Count());

        // Of 4,000 draws with a chance of a quarter, 1,000 give or take five deviations of 27.
        Assert.InRange(first.Count(record => record.Key.StartsWith("b:", StringComparison.Ordinal)), 865, 1135);
        Assert.Equal(
            first.Where(record => record.Key.StartsWith("a:", StringComparison.Ordinal)).Take(3),
            third.Where(record => record.Key.StartsWith("a:", StringComparison.Ordinal)).Take(3));
    }

    private List<WorkloadRecord> Mix(ulong seed)
    {
        foreach (var name in new[] { "a", "b" })
        {
            File.WriteAllText(Path.Combine(_folder, $"{name}.csv"), $"id,kind\n1,{name}\n2,{name}\n3,{name}\n");
        }

        return
        [
            .. new RecordSource(
                new WorkloadSpec
                {
                    Kinds =
                    [
                        new RecordKind(Path.Combine(_folder, "a.csv"), "id", "a:", Weight: 3),
                        new RecordKind(Path.Combine(_folder, "b.csv"), "id", "b:"),
                    ],
                    Queue = "first",
                    InsertSql = "",
                },
                seed).Read(4000),
        ];
    }

    private RecordSource Of(string text)
    {
        var file = Path.Combine(_folder, "rows.csv");
        File.WriteAllText(file, text);
        return new RecordSource(Spec(file, key: "id"), seed: 1);
    }

    private static WorkloadSpec Spec(string file, string key) => new()
    {
        Kinds = [new RecordKind(file, key, "row:")],
        Queue = "first",
        InsertSql = "",
    };
}
