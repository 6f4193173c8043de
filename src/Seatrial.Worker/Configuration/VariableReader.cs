using System.Globalization;
using System.Text.RegularExpressions;
using Seatrial.Wire;

namespace Seatrial.Worker.Configuration;

/// <summary>
/// Reads typed values and collects what is wrong. Each setting that was asked for is known from then on; what remains
/// is unknown.
/// </summary>
internal sealed partial class VariableReader(SettingSources sources)
{
    private readonly List<ReadSetting> _read = [];

    /// <summary>What was asked for so far, with what was found.</summary>
    public IReadOnlyList<ReadSetting> Read => _read;

    /// <summary>What was given; a fault when it is required and was not.</summary>
    public Setting? Given(ContainerOption option, Setting? otherwise = null)
    {
        var given = sources.Find(option.Variable) ?? otherwise;
        _read.Add(new ReadSetting(option, given));
        return given;
    }

    public string? Text(ContainerOption.Text option)
    {
        var given = Given(option);
        return given?.Text ?? option.Preset ?? Missing(option, option.Example);
    }

    public string Label(ContainerOption.Label option)
    {
        var given = Given(option);
        if (given is not null && !LabelPattern().IsMatch(given.Text))
        {
            var meant = NotInLabels().Replace(given.Text.ToLowerInvariant(), "-").Trim('-');
            Fault(
                given,
                $"is '{given.Text}'; a name has lower-case letters, digits, '-' and '_', at most 63, "
                + "and starts with a letter.",
                given.Set(LabelPattern().IsMatch(meant) ? meant : option.Example) + ".");
        }

        return given?.Text ?? option.Preset ?? Missing(option, option.Example) ?? "";
    }

    public int? Whole(ContainerOption.Whole option)
    {
        var (least, most) = option.Range;
        if (Given(option) is not { } given)
        {
            return option.Preset;
        }

        if (!long.TryParse(given.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            var meant = double.TryParse(given.Text, CultureInfo.InvariantCulture, out var fraction)
                ? (int)Math.Clamp(Math.Round(fraction), least, most)
                : option.Preset ?? least;
            Fault(
                given, $"is '{given.Text}', which is not a whole number.",
                $"{given.Set($"{meant}")}, or another of {least} … {most}.");
            return option.Preset;
        }

        if (value < least || value > most)
        {
            var nearest = Math.Clamp(value, least, most);
            Fault(
                given, $"is {value}, outside {least} … {most}.",
                $"{given.Set($"{nearest}")}, the nearest valid value.");
        }

        return (int)Math.Clamp(value, least, most);
    }

    public int Whole(ContainerOption.Whole option, int otherwise) => Whole(option) ?? otherwise;

    public double? Number(ContainerOption.Number option)
    {
        var (least, most) = option.Range;
        if (Given(option) is not { } given)
        {
            return null;
        }

        if (!double.TryParse(
            given.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
        {
            var meant = given.Text.Replace(',', '.');
            var isNear = double.TryParse(meant, CultureInfo.InvariantCulture, out _);
            Fault(given, $"is '{given.Text}', which is not a number.", $"{given.Set(isNear ? meant : "1.5")}.");
            return null;
        }

        if (value < least || value > most)
        {
            var nearest = Math.Clamp(value, least, most).ToString(CultureInfo.InvariantCulture);
            Fault(given, $"is {given.Text}, outside {option.Form}.", $"{given.Set(nearest)}, the nearest valid value.");
        }

        return value;
    }

    public long? Bytes(ContainerOption.Bytes option)
    {
        if (Given(option) is not { } given)
        {
            return null;
        }

        if (!BytesText.TryParse(given.Text, out var value))
        {
            Fault(given, $"is '{given.Text}', which is not a size like 512m or 1.5g.", $"{given.Set("512m")}.");
            return null;
        }

        if (value < option.Least)
        {
            var least = BytesText.Format(option.Least);
            Fault(
                given, $"is {given.Text}, below {least}.",
                BytesText.TryParse(given.Text + "m", out var meant) && meant >= option.Least
                    ? $"{given.Set(given.Text + "m")}, or at least {least}."
                    : $"{given.Set(least)}, the nearest valid value.");
        }

        return value;
    }

    public bool Switch(ContainerOption.Switch option)
    {
        var given = Given(option);
        switch (given?.Text.ToLowerInvariant())
        {
            case null:
                return option.Preset;
            case "true":
                return true;
            case "false":
                return false;
            case var other:
                var meant = other is "1" or "yes" or "y" or "on" or "ture" or "t" ? "true" : "false";
                Fault(given, $"is '{given.Text}', which is neither true nor false.", $"{given.Set(meant)}.");
                return option.Preset;
        }
    }

    public string Choice(ContainerOption.Choice option, Setting? otherwise = null)
    {
        var given = Given(option, otherwise);
        if (given is null)
        {
            return option.Preset;
        }

        var chosen = option.Values.FirstOrDefault(
            value => string.Equals(value, given.Text, StringComparison.OrdinalIgnoreCase));
        if (chosen is null)
        {
            var nearest = NearestName.Of(given.Text, option.Values)
                ?? option.Values.FirstOrDefault(
                    value => value.StartsWith(given.Text, StringComparison.OrdinalIgnoreCase)) ?? option.Preset;
            Fault(
                given, $"is '{given.Text}', none of {string.Join(", ", option.Values)}.", $"{given.Set(nearest)}.");
        }

        return chosen ?? option.Preset;
    }

    public TimeSpan Duration(ContainerOption.Duration option)
    {
        var (least, most) = option.Range;
        if (Given(option) is not { } given)
        {
            return option.Preset;
        }

        if (!DurationText.TryParse(given.Text, out var value))
        {
            var meant = DurationText.Suggest(given.Text) ?? DurationText.Format(option.Preset);
            Fault(given, $"is '{given.Text}', which is not a duration like 500ms, 5s, 1m30s.", $"{given.Set(meant)}.");
            return option.Preset;
        }

        if (value < least || value > most)
        {
            var nearest = value < least ? least : most;
            Fault(
                given,
                $"is {given.Text}, outside {DurationText.Format(least)} … {DurationText.Format(most)}.",
                $"{given.Set(DurationText.Format(nearest))}, the nearest valid value.");
            return nearest;
        }

        return value;
    }

    public Uri? Endpoint(ContainerOption.Endpoint option, Setting? otherwise = null)
    {
        var given = Given(option, otherwise);
        if (given is null)
        {
            Missing(option, option.Example);
            return null;
        }

        if (EndpointRules.Fault(given.Text, option) is { } fault)
        {
            Fault(given, fault.What, $"{given.Set(fault.Meant)}.");
            return null;
        }

        return new Uri(given.Text);
    }

    /// <summary>A fault that is seen in more than one setting.</summary>
    public void Fault(Setting given, string what, string fix) => sources.Fault(given.Place, what, fix);

    /// <inheritdoc cref="Fault(Setting, string, string)"/>
    public void Fault(string place, string what, string fix) => sources.Fault(place, what, fix);

    private string? Missing(ContainerOption option, string example)
    {
        if (option.IsRequired && sources.AreComplete)
        {
            var state = sources.IsEmpty(option.Variable) ? "is empty." : "is not set.";
            var twin = option.Variable + ContainerVariables.FileSuffix;
            Fault(option.Variable, state, $"set {option.Variable}={example}, or {twin} to a file with it.");
        }

        return null;
    }

    [GeneratedRegex("^[a-z][a-z0-9_-]{0,62}$")]
    private static partial Regex LabelPattern();

    [GeneratedRegex("[^a-z0-9_-]+")]
    private static partial Regex NotInLabels();
}
