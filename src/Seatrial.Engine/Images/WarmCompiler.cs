using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Seatrial.Engine.Images;

/// <summary>
/// Runs the compiler, through a server of the system's own that stays warm between commands, and ends by itself when
/// nobody asked it for a while.
/// </summary>
/// <param name="folder">The system's, whose server it is.</param>
/// <param name="runtime">Runs it.</param>
internal sealed class WarmCompiler(string folder, DotnetRuntime runtime)
{
    private static readonly TimeSpan _idle = TimeSpan.FromMinutes(15);

    /// <summary>Under which the server listens; another user, folder or SDK has another.</summary>
    public string Pipe { get; } = "seatrial-" + Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes($"{Environment.UserName}\n{folder}\n{runtime.Root}\n{runtime.Sdks}")))[..16];

    private string Mark => MarkIn(folder);

    /// <summary>Whether there may be one to end.</summary>
    public static bool MayRun(string folder) => File.Exists(MarkIn(folder));

    /// <summary>Says that there may be a server to end.</summary>
    public void Note() => ImageStore.Replace(Mark, Pipe);

    /// <summary>Compiles as the recipe says; the products are written in place.</summary>
    public async Task<ChildOutcome> RunAsync(
        CompileRecipe recipe, Action<string> output, CancellationToken cancellationToken)
    {
        Note();
        var response = Path.Combine(folder, "compile.rsp");
        await File.WriteAllLinesAsync(
            response,
            recipe.Arguments.Where(argument => argument is not "/noconfig").Select(Quoted),
            cancellationToken);
        return await new ChildProcess
        {
            Program = runtime.Muxer,
            Arguments =
            [
                "exec", recipe.Compiler, "/noconfig", "/nologo", $"/shared:{Pipe}",
                string.Create(CultureInfo.InvariantCulture, $"/keepalive:{_idle.TotalSeconds:0}"), $"@{response}",
            ],
            WorkingFolder = recipe.Folder,
            Environment = DotnetPublisher.Environment,
        }.RunAsync(output, cancellationToken);
    }

    /// <summary>Ends the server.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        var pipe = await File.ReadAllTextAsync(Mark, cancellationToken);
        File.Delete(Mark);
        foreach (var program in Directory.EnumerateDirectories(Path.Combine(runtime.Root, "sdk"))
            .Select(sdk => Path.Combine(sdk, "Roslyn", "bincore", "VBCSCompiler.dll"))
            .Where(File.Exists))
        {
            await new ChildProcess
            {
                Program = runtime.Muxer,
                Arguments = ["exec", program, "-shutdown", $"-pipename:{pipe}"],
                WorkingFolder = folder,
                Environment = DotnetPublisher.Environment,
            }.RunAsync(_ => { }, cancellationToken);
        }
    }

    private static string MarkIn(string folder) => Path.Combine(folder, "compiler");

    private static string Quoted(string argument) =>
        argument.Contains(' ', StringComparison.Ordinal) && !argument.Contains('"', StringComparison.Ordinal)
            ? $"\"{argument}\""
            : argument;
}
