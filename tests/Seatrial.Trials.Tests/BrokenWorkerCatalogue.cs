namespace Seatrial.Trials.Tests;

/// <summary>A planted bug, and the quickest trial that shows it.</summary>
/// <param name="Bug">The name of its patch.</param>
/// <param name="Meaning">What the worker does wrong.</param>
/// <param name="Check">The check that must fail.</param>
public sealed record BrokenWorkerCase(string Bug, string Meaning, string Check)
{
    /// <summary>Of the trial.</summary>
    public string Suite { get; init; } = "distributed";

    /// <summary>What the trial does, as <c>seatrial.yaml</c> has it; null for the sample's own suites.</summary>
    public string? Suites { get; init; }

    /// <summary>A schedule of chaos that is repeated instead.</summary>
    public string? Schedule { get; init; }

    /// <summary>How many are put in, in the distributed suite.</summary>
    public int Records { get; init; } = 3000;

    /// <summary>How long is waited for the last record: a broken worker may never end it.</summary>
    public string DrainWithin { get; init; } = "60s";

    /// <summary>Lines of Dockerfile below the worker's own.</summary>
    public string Image { get; init; } = "";

    /// <summary>Files of this repository that those lines copy, by their names alone.</summary>
    public IReadOnlyList<string> Beside { get; init; } = [];

    /// <summary>Texts of the Compose file and what stands there instead.</summary>
    public IReadOnlyList<(string Text, string Instead)> Changes { get; init; } = [];

    /// <summary>The command that tries it.</summary>
    public string[] Arguments(TrialFolder folder, string system) => (Suite, Schedule) switch
    {
        (_, { } schedule) =>
        [
            "chaos", system, "--replay", folder.Write("schedule.yaml", schedule), "--shrink-within", "0s",
            "--out", folder.Run,
        ],
        ("distributed", _) =>
            ["trial", system, "--seed", "1", "--records", $"{Records}", "--out", folder.Run],
        _ => ["trial", system, "--suite", Suite, "--seed", "1", "--out", folder.Run],
    };
}

/// <summary>
/// All of them: real bugs of queue workers, each a small patch over this project's own. Those that only a quiet machine
/// shows are last, when other projects' tests are over.
/// </summary>
internal static class BrokenWorkerCatalogue
{
    private const string Environment = "    CONTAINER_WORKER__LEASE: 5s\n";

    private const string Volume = "  volumes:\n    - state";

    private const string Faketime =
        """
        USER root
        RUN apt-get update \
         && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends libfaketime tcc \
         && rm -rf /var/lib/apt/lists/*
        COPY timed-waits.c /tmp/
        RUN tcc -shared -nostdlib -o /usr/lib/timed-waits.so /tmp/timed-waits.c

        """;

    private static string Faults(string how, string budgets) =>
        $"suites:\n  faults:\n    {how.Replace(";", "\n   ", StringComparison.Ordinal)}\n    budgets: {{{budgets}}}\n";

    public static IReadOnlyList<BrokenWorkerCase> All { get; } =
    [
        new("no-row-lock", "claims what it has read, without a row lock", "overlap") { Records = 6000 },
        new("complete-before-effect", "completes, then writes the effect in another transaction", "torn")
        {
            Records = 600, Suites = "suites: {distributed: {faults: []}}",
        },
        new("effect-outside", "writes the effect in a transaction of its own, then completes", "torn")
        {
            Records = 600, Suites = "suites: {distributed: {faults: []}}",
        },
        new("no-fencing", "completes whatever became of its lease", "zombie") { Records = 6000 },
        new("own-clock", "grants and ends leases by its own clock", "waste")
        {
            Suite = "faults",
            Suites = Faults("only: [clock-back]; hold: 16s; rate: 300", "clock-back: {waste: 0.05%}"),
            Image = Faketime,
            Beside = ["eng/timed-waits.c"],
            Changes =
            [
                (Environment, Environment
                    + "    LD_PRELOAD: /usr/lib/timed-waits.so:/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1\n"
                    + "    FAKETIME_TIMESTAMP_FILE: /tmp/faketime\n"
                    + "    FAKETIME_NO_CACHE: \"1\"\n"
                    + "    FAKETIME_DONT_FAKE_MONOTONIC: \"1\"\n"),
            ],
        },
        new("swallows-errors", "completes without the effect when the database refused both", "lost")
        {
            Records = 6000,

            // Whoever asks next finds out that his session is gone, and that is mostly a claim: so it is done often.
            Suites = "suites: {distributed: {faults: ["
                + string.Join(
                    ", ", Enumerable.Range(1, 18).Select(i => $"{{terminate-sessions: rpa2, at: {5 * i}%}}"))
                + "]}}",
        },
        new("retries-for-ever", "repeats a completion that was refused, until it is taken", "lost")
        {
            DrainWithin = "20s",
            Suites = "suites: {distributed: {faults: [{pause-past-lease: rpa2, at: 40%}]}}",
        },
        new("acknowledges-on-sigterm", "ends what it holds as done when it is told to stop", "handover")
        {
            Suites = "suites: {distributed: {faults: [{stop: rpa2, at: 40%, for: 1s}]}}",
        },
        new("leaks-connections", "keeps a connection of each batch", "lost")
        {
            DrainWithin = "10s", Records = 1000, Suites = "suites: {distributed: {faults: []}}",
        },
        new("leaks-memory", "keeps 100 kB of each record", "alive")
        {
            DrainWithin = "10s",
            Records = 6000,
            Suites = "suites: {distributed: {faults: []}}",
            Changes = [(Volume, "  mem_limit: 160m\n" + Volume)],
        },
        new("holds-locks", "dawdles in its transactions, and nobody ends one that it left open", "lock_held")
        {
            DrainWithin = "5s",
            Suite = "faults",
            Suites = Faults("only: [silent-death]", "silent-death: {lock_held: 10s}"),
        },
        new("careless-after-reconnect", "forgets its fencing once its session was ended by an administrator", "zombie")
        {
            Suite = "chaos",
            Schedule = """
                rate: 300
                rounds:
                  - for: 25s
                    faults:
                      - terminate-sessions: {container: rpa2-1}
                        at: 3s
                      - pause-past-lease: {container: rpa2-1}
                        at: 6s
                """,
        },
        new("loses-its-journal", "forgets at its start what it had finished while the database took nothing", "lost")
        {
            DrainWithin = "30s",

            // Locked tables refuse what is asked, and answer it; a database that dies may have taken it.
            Suites = """
                suites:
                  distributed:
                    faults:
                      - lock-table: db
                        at: {done: 300, of: rpa2}
                        for: 14s
                      - stop: rpa2
                        at: 8s
                        for: 1s
                """,
            Records = 6000,

            // Whoever waited for the end of a lease would come too late.
            Changes =
            [
                (Environment, "    CONTAINER_WORKER__LEASE: 120s\n    CONTAINER_WORKER__JOURNAL_AFTER: 300ms\n"),
            ],
        },
        new("hot-loop", "asks a database that is away again and again, without a pause", "cpu")
        {
            Suite = "faults",
            Suites = Faults("only: [refuse]; hold: 4s; rate: 20", "refuse: {cpu: 0.15}"),

            // No connection grows old, so that a refusal is met at once.
            Changes =
            [
                ("RPA_DB_PASSWORD:-rpa}\n    CONTAINER", "RPA_DB_PASSWORD:-rpa};Connection Lifetime=1\n    CONTAINER"),
            ],
        },
    ];
}
