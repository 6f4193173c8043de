using Seatrial.Engine.Text;

namespace Seatrial.Engine.Compose;

/// <summary>Options of <c>tmpfs</c> in its short form, and the file mode that both forms have.</summary>
internal static class TmpfsOptions
{
    /// <summary>The mount with one option more; null when the option is not honoured.</summary>
    public static ComposeMount? Apply(ComposeMount mount, string option) => option.Split('=', 2) switch
    {
        ["ro"] => mount with { ReadOnly = true },
        ["rw"] => mount,
        ["size", var size] when ByteSizes.Parse(size) is > 0 and var bytes => mount with { TmpfsSize = bytes },
        ["mode", var mode] when Octal(mode) is { } number => mount with { TmpfsMode = number },
        _ => null,
    };

    /// <summary>A file mode from its octal digits; null when they are none.</summary>
    public static int? Octal(string digits) =>
        digits.Length is > 0 and <= 6 && digits.All(digit => digit is >= '0' and <= '7')
            ? Convert.ToInt32(digits, 8)
            : null;
}
