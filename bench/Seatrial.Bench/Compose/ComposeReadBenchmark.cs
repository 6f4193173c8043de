using System.Diagnostics;
using System.Runtime;
using Seatrial.Engine.Compose;
using Seatrial.Engine.Specs;
using Seatrial.Testing;

namespace Seatrial.Bench.Compose;

/// <summary>Reading and checking both files of the RPA system: first in a process, and once it is warm.</summary>
internal static class ComposeReadBenchmark
{
    private const int Warm = 200;

    public static void Run()
    {
        var compiled = JitInfo.GetCompiledMethodCount();
        var first = Read();
        compiled = JitInfo.GetCompiledMethodCount() - compiled;
        var times = Enumerable.Range(0, Warm).Select(_ => Read()).ToList();
        Console.WriteLine($"reading and checking systems/rpa: {first:N1} ms the first time in the process "
            + $"({compiled} methods compiled for it), "
            + $"then {Medians.Describe(times[(Warm / 2)..], "N2")} ms");
    }

    private static double Read()
    {
        var began = Stopwatch.GetTimestamp();
        var reading = SystemReader.Read(
            new ComposeRequest { Path = Repository.PathOf("systems/rpa") }, new Dictionary<string, string>());
        if (reading.Spec is null)
        {
            throw new InvalidDataException(string.Join('\n', reading.Problems));
        }

        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }
}
