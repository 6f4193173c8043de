using Seatrial.Bench;

return args switch
{
    ["judge", var run] => await JudgeBenchmark.RunAsync(Path.GetFullPath(run)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: dotnet run --project bench/Seatrial.Bench -c Release -- judge RUN");
    return 64;
}
