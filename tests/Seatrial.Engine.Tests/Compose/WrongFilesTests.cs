using System.Text;
using Seatrial.Testing;

namespace Seatrial.Engine.Tests.Compose;

public sealed class WrongFilesTests
{
    private static readonly string File = Repository.PathOf("tests/Seatrial.Engine.Tests/Compose/wrong.txt");

    [Fact]
    public void Each_wrong_file_is_told_what_where_why_and_how_to_mend_it()
    {
        var told = new StringBuilder();
        var files = System.IO.File.ReadAllText(File).Split("=== ", StringSplitOptions.RemoveEmptyEntries);
        foreach (var (title, text) in files.Select(file => file.Split('\n', 2)).Select(parts => (parts[0], parts[1])))
        {
            using var folder = new SystemFolder().With("compose.yaml", text.TrimEnd('\n') + "\n");
            var reading = folder.Read();
            var problems = string.Join('\n', reading.Problems)
                .Replace(folder.Path + "/", "", StringComparison.Ordinal)
                .Replace(Path.GetFileName(folder.Path), "FOLDER", StringComparison.Ordinal);
            told.Append($"=== {title}\n{problems}\n");
            Assert.True(reading.Problems.Count > 0, title);
            Assert.True(reading.Project is null, title);
        }

        Assert.InRange(files.Length, 60, int.MaxValue);
        Assert.Equal(Golden.Expected("wrong.golden.txt", told.ToString()), told.ToString());
    }
}
