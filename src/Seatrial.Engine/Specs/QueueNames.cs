using Seatrial.Engine.Text;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Specs;

/// <summary>Names that stand for a stage of the records' way.</summary>
internal static class QueueNames
{
    /// <summary>
    /// The queue that a field names, else the first stage; null when there are no stages or it is none of them.
    /// </summary>
    public static string? Read(Field field, RecordMapping? mapping, string? otherwise = null)
    {
        if (!field.Given || mapping is null)
        {
            return otherwise ?? mapping?.Stages[0];
        }

        if (field.Word() is not { } queue)
        {
            return null;
        }

        if (mapping.Stages.Contains(queue))
        {
            return queue;
        }

        field.Error(
            $"names the queue {YamlWords.Shorten(queue)}, which is no stage of records.stages.",
            $"{Suggestions.DidYouMean(queue, mapping.Stages)}Write one of: {string.Join(", ", mapping.Stages)}.");
        return null;
    }
}
