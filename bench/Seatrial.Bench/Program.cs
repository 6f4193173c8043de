using Seatrial.Bench.Judging;

switch (args)
{
    case ["judge", var run]:
        await JudgeBenchmark.RunAsync(Path.GetFullPath(run));
        return 0;
    case ["log"]:
        await LogBenchmark.RunAsync();
        return 0;
    case ["memory"]:
        await MemoryBenchmark.RunAsync();
        return 0;
    default:
        Console.Error.WriteLine(
            """
            usage: dotnet run --project bench/Seatrial.Bench -c Release -- BENCHMARK
              judge RUN   reads and judges a kept run's history
              log         reads a real server's write-ahead log into a history
              memory      judges histories of the same records and growing length
            """);
        return 64;
}
