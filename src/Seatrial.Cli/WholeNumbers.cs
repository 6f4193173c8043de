using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace Seatrial.Cli;

/// <summary>Reads whole numbers off the command line; what is none is told without the name of a type.</summary>
internal static class WholeNumbers
{
    /// <summary>Null, with an error in the result, for what is no such number.</summary>
    public static T? Parse<T>(ArgumentResult result)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        var text = result.Tokens.Single().Value;
        if (T.TryParse(text, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        var option = (result.Parent as OptionResult)?.Option.Name;
        result.AddError($"{option} '{text}' is no whole number up to {T.MaxValue}.");
        return null;
    }
}
