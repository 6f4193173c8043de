using Seatrial.Engine.Thresholds;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Specs;

/// <summary>A list of thresholds.</summary>
internal static class ThresholdsReader
{
    public static IReadOnlyList<Threshold> Read(Field field, ThresholdScope scope)
    {
        var thresholds = new List<Threshold>();
        foreach (var item in field.Given ? field.Items() : [])
        {
            if (item.Word() is not { } text)
            {
                continue;
            }

            var (threshold, problem) = ThresholdParser.Parse(text, scope);
            if (problem is not null)
            {
                item.Error($"is no threshold, from its character {problem.Column} on: {problem.What}", problem.Fix);
            }
            else if (threshold is not null)
            {
                thresholds.Add(threshold);
            }
        }

        return thresholds;
    }
}
