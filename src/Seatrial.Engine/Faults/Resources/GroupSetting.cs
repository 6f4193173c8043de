using Seatrial.Engine.Faults.Hosts;

namespace Seatrial.Engine.Faults.Resources;

/// <summary>A file of a control group, and what is to stand in it while a fault lasts.</summary>
/// <param name="Group">Whose.</param>
/// <param name="File">Its name.</param>
/// <param name="Value">To be written.</param>
/// <param name="Before">What stood there, and is written to heal.</param>
/// <param name="Shows">Whether what is read now is what was written.</param>
internal sealed record GroupSetting(
    ControlGroup Group, string File, string Value, string Before, Func<string, bool> Shows)
{
    /// <summary>A file that is read as it was written.</summary>
    public static GroupSetting Of(ControlGroup group, string file, string value) =>
        new(group, file, value, group.Read(file), read => read == value);

    /// <summary>A file of lines by device, of which one is ours.</summary>
    public static GroupSetting OfDevice(ControlGroup group, string file, string device, string value, string lifted)
    {
        var before = group.Read(file).Split('\n').FirstOrDefault(
            line => line.StartsWith(device + " ", StringComparison.Ordinal)) ?? $"{device} {lifted}";
        return new(group, file, $"{device} {value}", before,
            read => value.Split(' ').All(part => read.Split('\n').Any(line =>
                line.StartsWith(device + " ", StringComparison.Ordinal)
                && line.Split(' ').Contains(part))));
    }
}
