using System.CommandLine;
using Seatrial.Cli.Systems;
using Seatrial.Engine;
using Seatrial.Engine.Drivers;
using Seatrial.Engine.Specs;

namespace Seatrial.Cli.Standing;

/// <summary><c>seatrial psql [SYSTEM] [-- PSQL'S OPTIONS]</c>.</summary>
internal static class PsqlCommand
{
    public static Command Create(ProgramHost host)
    {
        var command = new Command("psql", "A SQL prompt at the system's database; what follows -- is psql's.");
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, host, cancellationToken));
        return StandingSystem.AddTo(command);
    }

    private static async Task<int> RunAsync(ParseResult parsed, ProgramHost host, CancellationToken cancellationToken)
    {
        var (place, rest) = StandingSystem.WordsOf(parsed, host);
        var files = StandingSystem.Read(new SystemWords(place, []), parsed, host);
        var database = DatabaseOf(files, host);
        await using var system = await StandingSystem.OpenAsync(
            new SystemWords(place, [database.Service]), parsed, host, cancellationToken);
        var request = new ExecRequest
        {
            Command =
            [
                "psql", "--host=127.0.0.1", $"--port={database.Port}", $"--username={database.User}",
                $"--dbname={database.Name}", .. rest,
            ],
            Environment = [$"PGPASSWORD={database.Password}"],
        };
        return await ContainerShell.RunAsync(
            system, number: 1, request, mayHaveTerminal: rest.Count is 0, host, cancellationToken);
    }

    /// <summary>What <c>seatrial.yaml</c> says, else what the variables of a PostgreSQL image say.</summary>
    private static DatabaseSpec DatabaseOf(StandingFiles files, ProgramHost host)
    {
        if (File.Exists(Path.Combine(files.Project.Directory, SpecReader.FileName)))
        {
            return SystemFiles.Read(files.Project.File, host).Spec.Database;
        }

        return PostgresServices.Find(files.Project) ?? throw new SeatrialException(
            ExitCode.Usage,
            "No service has a PostgreSQL image.",
            files.Project.File,
            $"Say which one has: database: in {SpecReader.FileName}; or use: seatrial exec SERVICE psql");
    }
}
