using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Workloads;

/// <summary>
/// Records from a CSV file, streamed. The payload has a string member for each column but the key's. After the last row
/// it goes round again, with the round in the key: <c>gss:17</c>, then <c>gss:17~2</c>.
/// </summary>
internal sealed class RecordFile(RecordKind kind)
{
    private static readonly CsvConfiguration Format = new(CultureInfo.InvariantCulture) { Mode = CsvMode.RFC4180 };

    /// <summary>How many rows the file has.</summary>
    public int CountRows()
    {
        using var csv = Open();
        var rows = 0;
        while (csv.Read())
        {
            rows++;
        }

        return rows;
    }

    /// <summary>Without end, unless the file has no rows.</summary>
    public IEnumerable<WorkloadRecord> Read()
    {
        for (var round = 1; ; round++)
        {
            var isEmpty = true;
            using var csv = Open();
            var header = csv.HeaderRecord ?? [];
            var key = Array.IndexOf(header, kind.KeyColumn);
            while (csv.Read())
            {
                isEmpty = false;
                yield return new WorkloadRecord(KeyOf(csv[key] ?? "", round), PayloadOf(csv, header, key));
            }

            if (isEmpty)
            {
                yield break;
            }
        }
    }

    private string KeyOf(string name, int round) =>
        round == 1
            ? kind.KeyPrefix + name : string.Create(CultureInfo.InvariantCulture, $"{kind.KeyPrefix}{name}~{round}");

    private static string PayloadOf(CsvReader csv, string[] header, int key)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            for (var column = 0; column < header.Length; column++)
            {
                if (column != key)
                {
                    json.WriteString(header[column], csv[column]);
                }
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private CsvReader Open()
    {
        var csv = new CsvReader(new StreamReader(kind.File), Format);
        csv.Read();
        csv.ReadHeader();
        return csv;
    }
}
