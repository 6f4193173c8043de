using System.Globalization;

namespace Rpa2;

/// <summary>A person of the reference sample; NaN and the empty text are missing.</summary>
internal sealed record Peer(string Key, Profile Profile, double TvHours);

/// <summary>The seven fields by which answers are compared.</summary>
internal sealed record Profile
{
    public required double Year { get; init; }

    public required double Age { get; init; }

    public required double Income { get; init; }

    public required double Lean { get; init; }

    public required string Marital { get; init; }

    public required string Race { get; init; }

    public required string Religion { get; init; }
}

/// <summary>
/// The reference sample: every eleventh of the survey's answers that tell the hours of television, cleaned as rpa1
/// cleans them. It lies in the assembly, so that a score depends on nothing but the answer.
/// </summary>
internal static class Peers
{
    public const string Header = "key;year;age;income;lean;marital;race;religion;tv_hours";

    public static IReadOnlyList<Peer> Load()
    {
        using var stream = typeof(Peers).Assembly.GetManifestResourceStream("peers.csv")
            ?? throw new InvalidOperationException("rpa2 was built without its peers.csv.");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(Parse)];
    }

    private static Peer Parse(string line)
    {
        var fields = line.Split(';');
        var profile = new Profile
        {
            Year = Number(fields[1]),
            Age = Number(fields[2]),
            Income = Number(fields[3]),
            Lean = Number(fields[4]),
            Marital = fields[5],
            Race = fields[6],
            Religion = fields[7],
        };
        return new Peer(fields[0], profile, Number(fields[8]));
    }

    private static double Number(string text) =>
        text.Length == 0 ? double.NaN : double.Parse(text, CultureInfo.InvariantCulture);
}
