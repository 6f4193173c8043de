using System.CommandLine;
using Seatrial.Engine;

namespace Seatrial.Cli.New;

/// <summary><c>seatrial new flow NAME</c>.</summary>
internal static class NewCommand
{
    public static Command Create(ProgramHost host)
    {
        var name = new Argument<string>("name")
        {
            Description = "Of the flow, its queue and its system: small letters and digits.",
        };
        var flow = new Command("flow", "A flow that builds, with its tests, and a system whose trial passes.") { name };
        flow.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetRequiredValue(name), host, cancellationToken));
        return new Command("new", "Begin something of your own.") { flow };
    }

    private static async Task<int> RunAsync(string name, ProgramHost host, CancellationToken cancellationToken)
    {
        var root = Checkout.RootAbove(host.Directory);
        var problems = FlowNames.Problems(name).ToList();
        problems.AddRange(FlowFiles.Folders(name)
            .Where(folder => Path.Exists(Path.Combine(root, folder)))
            .Select(folder => new Problem
            {
                What = $"{folder} is there already, and nothing is written over.",
                Where = Path.Combine(root, folder),
                Fix = "take another name, or remove it.",
            }));
        if (problems.Count > 0)
        {
            throw new SeatrialException(ExitCode.Usage, problems);
        }

        var files = FlowFiles.Of(name, root);
        await Checkout.WriteAsync(root, files, cancellationToken);
        var listed = await SolutionFile.AddAsync(
            root, [$"flows/{name}/{name}.csproj", $"tests/{name}.Tests/{name}.Tests.csproj"], cancellationToken);
        await TellAsync(host, [.. files.Select(file => $"made     {file.Path}"), $"changed  {listed}"]);
        await TellAsync(host, ["", "next:", $"  ./seatrial trial systems/{name}", $"  ./test {name}"]);
        return (int)ExitCode.Pass;
    }

    private static async Task TellAsync(ProgramHost host, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            await host.Out.WriteLineAsync(line);
        }
    }
}
