using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Seatrial.Engine;
using Seatrial.Engine.Compose;
using Seatrial.Testing;

namespace Seatrial.Bench.Compose;

/// <summary>
/// Damaged Compose files by the hundred thousand. Each has to end in a model, which is printed and read again as the
/// same, or in problems that each name a place; a case is made from its number, so that it can be had again.
/// </summary>
internal static partial class ComposeFuzzBenchmark
{
    private static readonly Dictionary<string, string> _environment = new() { ["HOME"] = "/home/me" };

    private static readonly string[] _files =
    [
        File.ReadAllText(Repository.PathOf("systems/rpa/compose.yaml")),
        .. ComposeShapes.Names.Select(ComposeShapes.Text),
    ];

    /// <summary>Gives 0 when every case ended well.</summary>
    public static int Run(int cases)
    {
        var watch = Stopwatch.StartNew();
        var failures = new ConcurrentBag<string>();
        var counts = new int[2];
        Parallel.ForEach(
            Partitioner.Create(0, cases, 500),
            range =>
            {
                var folder = Directory.CreateTempSubdirectory("compose-fuzz-").FullName;
                for (var number = range.Item1; number < range.Item2; number++)
                {
                    var (isModel, failure) = Check(Path.Combine(folder, "compose.yaml"), number);
                    Interlocked.Increment(ref counts[isModel ? 1 : 0]);
                    if (failure is not null)
                    {
                        failures.Add($"case {number}: {failure}");
                    }
                }

                Directory.Delete(folder, recursive: true);
            });
        Console.WriteLine(
            $"{cases:N0} damaged files in {watch.Elapsed.TotalSeconds:N1} s: {counts[1]:N0} ended in a model, "
            + $"{counts[0]:N0} in problems with places, {failures.Count} otherwise");
        foreach (var failure in failures.Order(StringComparer.Ordinal).Take(20))
        {
            Console.WriteLine("  " + failure);
        }

        return failures.IsEmpty ? 0 : 1;
    }

    private static (bool IsModel, string? Failure) Check(string path, int number)
    {
        try
        {
            File.WriteAllText(path, Damaged(number));
            var reading = ComposeReader.Read(path, _environment);
            return (reading.Project is not null, Failure(reading, path));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return (false, $"{e.GetType().Name}: {e.Message}");
        }
    }

    private static string? Failure(ComposeReading reading, string path)
    {
        if (reading.Problems.FirstOrDefault(problem => !Place().IsMatch(problem.Where)) is { } nowhere)
        {
            return $"no place: {nowhere.Where}";
        }

        if (reading.Project is null)
        {
            return reading.Problems.Any(problem => problem.Severity is Severity.Error) ? null : "no error";
        }

        var printed = reading.Canonical(asJson: false);
        File.WriteAllText(path, printed);
        var again = ComposeReader.Read(path, _environment);
        return again.Canonical(asJson: false) == printed
            ? null
            : $"printed and read again it differs: {string.Join("; ", again.Problems.Select(problem => problem.What))}";
    }

    private static string Damaged(int number)
    {
        var chance = new Random(number);
        var text = _files[chance.Next(_files.Length)];
        for (var damages = chance.Next(1, 7); damages > 0; damages--)
        {
            text = new TextDamage(
                chance.Next(TextDamage.Kinds + 1),
                chance.Next(10_000),
                TextDamage.Letters[chance.Next(TextDamage.Letters.Length)]).Apply(text);
        }

        return text;
    }

    [GeneratedRegex("^/.*:[1-9][0-9]*:[1-9][0-9]*$")]
    private static partial Regex Place();
}
