namespace Seatrial.Worker.Configuration;

/// <summary>A setting: its variable, what may stand in it, and what holds without it.</summary>
internal abstract record ContainerOption
{
    /// <summary>Stands in a variable for the name of a database or service.</summary>
    public const string NamePart = "<NAME>";

    private ContainerOption(string variable, string description)
    {
        Variable = variable;
        Description = description;
    }

    public string Variable { get; init; }

    public string Description { get; }

    /// <summary>What may stand there, in a few words.</summary>
    public abstract string Form { get; }

    /// <summary>As one would write it; null when there is none.</summary>
    public abstract string? Default { get; }

    /// <summary>Whether a change is taken up while the worker runs; else it drains and asks to be restarted.</summary>
    public bool IsLive { get; init; }

    /// <summary>Whether the value may be shown.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Whether the container can't start without it.</summary>
    public bool IsRequired { get; init; }

    public override string ToString() => Variable;

    public sealed record Text(string Name, string? Preset, string Example, string About) : ContainerOption(Name, About)
    {
        public override string Form => $"text, e.g. `{Example}`";

        public override string? Default => Preset;
    }

    /// <summary>Lower-case letters, digits, <c>-</c> and <c>_</c>.</summary>
    public sealed record Label(string Name, string? Preset, string Example, string About)
        : ContainerOption(Name, About)
    {
        public override string Form => $"a name, e.g. `{Example}`";

        public override string? Default => Preset;
    }

    public sealed record Choice(string Name, string Preset, string[] Values, string About)
        : ContainerOption(Name, About)
    {
        public override string Form => string.Join(", ", Values.Select(value => $"`{value}`"));

        public override string? Default => Preset;
    }

    public sealed record Switch(string Name, bool Preset, string About) : ContainerOption(Name, About)
    {
        public override string Form => "`true` or `false`";

        public override string? Default => Preset ? "true" : "false";
    }

    public sealed record Whole(string Name, (int Least, int Most) Range, int? Preset, string About)
        : ContainerOption(Name, About)
    {
        public override string Form => FormattableString.Invariant($"{Range.Least} … {Range.Most}");

        public override string? Default => Preset is { } preset ? FormattableString.Invariant($"{preset}") : null;
    }

    /// <summary>With a fraction.</summary>
    public sealed record Number(string Name, (double Least, double Most) Range, string About)
        : ContainerOption(Name, About)
    {
        public override string Form => FormattableString.Invariant($"{Range.Least} … {Range.Most}");

        public override string? Default => null;
    }

    public sealed record Bytes(string Name, long Least, string About) : ContainerOption(Name, About)
    {
        public override string Form => $"a size, at least `{BytesText.Format(Least)}`";

        public override string? Default => null;
    }

    public sealed record Duration(string Name, (TimeSpan Least, TimeSpan Most) Range, TimeSpan Preset, string About)
        : ContainerOption(Name, About)
    {
        public override string Form => $"`{DurationText.Format(Range.Least)}` … `{DurationText.Format(Range.Most)}`";

        public override string? Default => DurationText.Format(Preset);
    }

    /// <summary>A URL with one of the schemes.</summary>
    public sealed record Endpoint(string Name, string[] Schemes, string Example, string About)
        : ContainerOption(Name, About)
    {
        public override string Form => $"a URL, e.g. `{Example}`";

        public override string? Default => null;
    }
}
