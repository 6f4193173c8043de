using System.Globalization;
using Seatrial.Bench.Compose;
using Seatrial.Bench.Environments;
using Seatrial.Bench.Judging;
using Seatrial.Bench.Proxies;
using Seatrial.Bench.Queues;
using Seatrial.Bench.Trends;
using Seatrial.Bench.Workloads;

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
    case ["queues", var rounds, .. var filters]:
        await QueueBenchmark.RunAsync(int.Parse(rounds, CultureInfo.InvariantCulture), filters);
        return 0;
    case ["latency", var rounds]:
        await LatencyBenchmark.RunAsync(int.Parse(rounds, CultureInfo.InvariantCulture));
        return 0;
    case ["up", var rounds, .. var filters]:
        await UpBenchmark.RunAsync(int.Parse(rounds, CultureInfo.InvariantCulture), filters);
        return 0;
    case ["change", var rounds]:
        await ChangeBenchmark.RunAsync(int.Parse(rounds, CultureInfo.InvariantCulture));
        return 0;
    case ["start", var rounds]:
        await StartBenchmark.RunAsync(int.Parse(rounds, CultureInfo.InvariantCulture));
        return 0;
    case ["recovery"]:
        await RecoveryBenchmark.RunAsync();
        return 0;
    case ["soak", var minutes]:
        await SoakBenchmark.RunAsync(TimeSpan.FromMinutes(double.Parse(minutes, CultureInfo.InvariantCulture)));
        return 0;
    case ["compose-fuzz", var cases]:
        return ComposeFuzzBenchmark.Run(int.Parse(cases, CultureInfo.InvariantCulture));
    case ["compose-read"]:
        ComposeReadBenchmark.Run();
        return 0;
    case ["generator"]:
        await GeneratorBenchmark.RunAsync();
        return 0;
    case ["observing", var rounds]:
        await ObservingBenchmark.RunAsync(int.Parse(rounds, CultureInfo.InvariantCulture));
        return 0;
    case ["sampling", var rounds]:
        await SamplingBenchmark.RunAsync(int.Parse(rounds, CultureInfo.InvariantCulture));
        return 0;
    case ["comparing", var rounds, .. var options]:
        await ComparingBenchmark.RunAsync(int.Parse(rounds, CultureInfo.InvariantCulture), options);
        return 0;
    case ["proxy"]:
        await ProxyBenchmark.RunAsync();
        return 0;
    case ["worker"]:
        return await SeatrialContenders.RunWorkerAsync();
    default:
        Console.Error.WriteLine(
            """
            usage: dotnet run --project bench/Seatrial.Bench -c Release -- BENCHMARK
              judge RUN   reads and judges a kept run's history
              log         reads a real server's write-ahead log into a history
              queues ROUNDS [PART OF A NAME]...   drains of 300,000 records beside graphile-worker, pg-boss, Hangfire and pgbench
              latency ROUNDS                      from enqueuing to start, beside graphile-worker
              up ROUNDS [PART OF A NAME]...       beside docker-compose, Testcontainers and the bare engine
              change ROUNDS                       a changed source until its container is healthy again, with the parts
              start ROUNDS                        a container's start until it is ready
              recovery                            a worker killed, the database killed, a worker stopped
              soak MINUTES                        a worker's memory at full rate
              compose-fuzz CASES                  damaged Compose files: each ends in a model or in problems with places
              compose-read                        reading and checking the files of systems/rpa
              generator                           the open load at 2,000 and 20,000 records/s beside a server
              observing ROUNDS                    the sample system's throughput, watched as in a trial and not, in turn
              sampling ROUNDS                     processors' time for looking at the sample system's containers and database
              comparing ROUNDS [OPTION]...        what `seatrial compare` calls an image beside itself, and a slower one
              proxy                               a round trip and a rate through the faults' proxy, and without it
              memory      judges histories of the same records and growing length
            """);
        return 64;
}
