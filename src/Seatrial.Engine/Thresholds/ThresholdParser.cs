using System.Globalization;
using System.Text.RegularExpressions;
using Seatrial.Engine.Text;

namespace Seatrial.Engine.Thresholds;

/// <summary>
/// Reads thresholds, in the form that k6 made known: <c>METRIC[.AGGREGATE][{TAG:VALUE, …}] COMPARISON NUMBER[UNIT]</c>;
/// behind a regression's bound may stand the confidence, <c>@95%</c>.
/// </summary>
public sealed partial class ThresholdParser
{
    private const string Example = "Write it like latency.p99{phase:steady} < 800ms.";

    private static readonly Dictionary<string, Comparison> _comparisons = new()
    {
        ["<="] = Comparison.AtMost,
        [">="] = Comparison.AtLeast,
        ["=="] = Comparison.Equal,
        ["!="] = Comparison.Unequal,
        ["<"] = Comparison.Below,
        [">"] = Comparison.Above,
    };

    private readonly string _text;
    private int _at;

    private ThresholdParser(string text) => _text = text;

    /// <summary>Either a threshold or what is wrong.</summary>
    /// <param name="text">As written.</param>
    /// <param name="scope">What can be measured where it is written.</param>
    public static (Threshold? Threshold, ThresholdProblem? Problem) Parse(string text, ThresholdScope scope)
    {
        try
        {
            return (new ThresholdParser(text.Trim()).Read(scope), null);
        }
        catch (WrongException wrong)
        {
            return (null, wrong.Problem);
        }
    }

    private Threshold Read(ThresholdScope scope)
    {
        var metric = Metric(scope);
        var (aggregate, quantile, unit) = Aggregate(metric);
        var tags = Tags(metric, scope);
        var comparison = Sign(metric);
        var bound = Bound(metric, unit);
        if (Take(Rest()) is { } rest)
        {
            throw Wrong(rest.At, $"\"{rest.Text}\" follows after the bound.", "Remove it; one threshold an item.");
        }

        return new Threshold
        {
            Text = _text,
            Metric = metric.Name,
            Aggregate = aggregate,
            Quantile = quantile,
            Phase = tags.GetValueOrDefault(ThresholdMetric.Phase),
            Stage = tags.GetValueOrDefault(ThresholdMetric.Stage),
            Fault = tags.GetValueOrDefault(ThresholdMetric.Fault),
            Comparison = comparison,
            Bound = bound,
            Unit = unit,
        };
    }

    private ThresholdMetric Metric(ThresholdScope scope)
    {
        var names = ThresholdMetric.All.Where(scope.Has)
            .Select(metric => metric.Name).ToList();
        if (Take(Word()) is not { } word)
        {
            throw Wrong(_at, "There is no metric.", $"{Example} Metrics are: {string.Join(", ", names)}.");
        }

        return ThresholdMetric.All.FirstOrDefault(metric => metric.Name == word.Text) switch
        {
            { } known when scope.Has(known) => known,
            { } known => throw Wrong(
                word.At, $"{word.Text} is not measured here.", known.Source switch
                {
                    ThresholdSource.Load when scope.IsLive => $"Write one of: {string.Join(", ", names)}.",
                    ThresholdSource.Load => "Write it below suites.performance.thresholds.",
                    ThresholdSource.Faults => "Write it below suites.faults.thresholds.",
                    _ => "Write it below the thresholds of a suite.",
                }),
            null => throw Wrong(
                word.At,
                $"{word.Text} is no metric.",
                $"{Suggestions.DidYouMean(word.Text, names)}Write one of: {string.Join(", ", names)}."),
        };
    }

    private (string Name, double? Quantile, ThresholdUnit Unit) Aggregate(ThresholdMetric metric)
    {
        if (Take(Dotted()) is not { } dotted)
        {
            return metric.Aggregates.TryGetValue("", out var plain)
                ? ("", null, plain)
                : throw Wrong(_at, $"{metric.Name} alone is no value.", $"Write {metric.Name} with one of: {Of(metric)}.");
        }

        var name = dotted.Text[1..].Replace("(", "", StringComparison.Ordinal)
            .Replace(")", "", StringComparison.Ordinal);
        if (metric.Aggregates.TryGetValue(name, out var unit) && name is not ThresholdMetric.Percentile)
        {
            return (name, null, unit);
        }

        if (metric.Aggregates.TryGetValue(ThresholdMetric.Percentile, out unit) && Percent().IsMatch(name))
        {
            var percent = double.Parse(name.AsSpan(1), CultureInfo.InvariantCulture);
            return percent is > 0 and < 100
                ? (name, percent / 100, unit)
                : throw Wrong(dotted.At + 1, $"{name} is no percentile.", "Write one above p0 and below p100, or max.");
        }

        throw Wrong(
            dotted.At + 1,
            $"{metric.Name} has no {name}.",
            $"{Suggestions.DidYouMean(name, metric.Aggregates.Keys)}Write one of: {Of(metric)}.");
    }

    private Dictionary<string, string> Tags(ThresholdMetric metric, ThresholdScope scope)
    {
        var tags = new Dictionary<string, string>();
        if (Take(Brace()) is null)
        {
            return tags;
        }

        do
        {
            var (name, known) = Tag(metric, scope);
            var value = Take(Colon()) is null ? null : Take(Name());
            if (value is not { } given || !known.Contains(given.Text) || !tags.TryAdd(name, given.Text))
            {
                throw Wrong(
                    value?.At ?? _at,
                    value is null ? $"The tag {name} has no value."
                        : tags.ContainsKey(name) ? $"{name} is said twice."
                        : $"There is no {name} {value.Value.Text}.",
                    known.Count == 0 ? "Leave the tag out."
                        : $"{Suggestions.DidYouMean(value?.Text ?? "", known)}Write {name}: and one of: "
                            + $"{string.Join(", ", known)}.");
            }
        }
        while (Take(Comma()) is not null);

        return Take(BraceEnd()) is not null
            ? tags : throw Wrong(_at, "The tags do not end.", "Write } behind them.");
    }

    private (string Name, IReadOnlyCollection<string> Known) Tag(ThresholdMetric metric, ThresholdScope scope)
    {
        var may = metric.Tags.Count == 0 ? $"Leave it out: {metric.Name} has no tags."
            : $"Write {string.Join(" or ", metric.Tags)}.";
        return Take(Word()) switch
        {
            null => throw Wrong(_at, "A tag belongs here.", may),
            { } name when metric.Tags.Contains(name.Text) => (name.Text, scope.NamesOf(name.Text)),
            { } name => throw Wrong(
                name.At, $"{name.Text} is no tag of {metric.Name}.",
                Suggestions.DidYouMean(name.Text, metric.Tags) + may),
        };
    }

    private Comparison Sign(ThresholdMetric metric)
    {
        var signs = IsFromAbove(metric) ? "<, <=" : string.Join(", ", _comparisons.Keys);
        if (Take(Operator()) is not { } sign || !_comparisons.TryGetValue(sign.Text, out var known))
        {
            throw Wrong(_at, "A comparison belongs here.", $"Write one of: {signs}.");
        }

        return !IsFromAbove(metric) || known is Comparison.Below or Comparison.AtMost ? known
            : throw Wrong(sign.At, $"{metric.Name} can only be bounded from above.", $"Write one of: {signs}.");
    }

    /// <summary>What is known by an interval has to lie below its bound as a whole.</summary>
    private static bool IsFromAbove(ThresholdMetric metric) =>
        metric.Source is ThresholdSource.EarlierRuns or ThresholdSource.Containers;

    private double Bound(ThresholdMetric metric, ThresholdUnit unit)
    {
        if (Take(Number()) is not { } number)
        {
            throw Wrong(_at, "A number belongs here.", Example);
        }

        var value = double.Parse(number.Text, CultureInfo.InvariantCulture);
        var written = Take(UnitWord());
        if (ThresholdUnits.Factor(unit, written?.Text, value is 0) is not { } factor)
        {
            throw Wrong(
                written?.At ?? _at,
                written is null ? "The number has no unit." : $"{written.Value.Text} is no unit of this.",
                ThresholdUnits.Hint(unit));
        }

        if (metric.Source is ThresholdSource.EarlierRuns)
        {
            Confidence();
            if (value <= 0)
            {
                throw Wrong(number.At, "A change of nothing can't be told from noise.", "Write 5% or so.");
            }
        }

        return value * factor;
    }

    private void Confidence()
    {
        if (Take(At()) is { } sign && (Take(Number()) is not { Text: "95" } || Take(UnitWord()) is not { Text: "%" }))
        {
            throw Wrong(sign.At, "Another confidence is not to be had.", "Write @95%, or leave it out.");
        }
    }

    private (int At, string Text)? Take(Regex pattern)
    {
        while (_at < _text.Length && _text[_at] == ' ')
        {
            _at++;
        }

        var match = pattern.Match(_text, _at);
        if (!match.Success || match.Length == 0 || match.Index != _at)
        {
            return null;
        }

        _at += match.Length;
        return (match.Index, match.Value);
    }

    private static string Of(ThresholdMetric metric) => string.Join(", ", metric.Aggregates.Keys
        .Where(name => name.Length > 0)
        .Select(name => name is ThresholdMetric.Percentile ? ".p50 to .p99.99" : $".{name}"));

    private static WrongException Wrong(int at, string what, string fix) =>
        new(new ThresholdProblem(at + 1, what, fix));

    [GeneratedRegex(@"\G[A-Za-z_]+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\G\.[A-Za-z_]*(\([0-9.]*\)|[0-9.]*)")]
    private static partial Regex Dotted();

    [GeneratedRegex(@"^p[0-9]+(\.[0-9]+)?$")]
    private static partial Regex Percent();

    [GeneratedRegex(@"\G[^\s,{}:]+")]
    private static partial Regex Name();

    [GeneratedRegex(@"\G(<=|>=|==|!=|<|>)")]
    private static partial Regex Operator();

    [GeneratedRegex(@"\G-?[0-9]+(\.[0-9]+)?")]
    private static partial Regex Number();

    [GeneratedRegex(@"\G([A-Za-zµ]*/(s|min|h)|%|[A-Za-zµ]+)")]
    private static partial Regex UnitWord();

    [GeneratedRegex(@"\G@")]
    private static partial Regex At();

    [GeneratedRegex(@"\G\{")]
    private static partial Regex Brace();

    [GeneratedRegex(@"\G\}")]
    private static partial Regex BraceEnd();

    [GeneratedRegex(@"\G:")]
    private static partial Regex Colon();

    [GeneratedRegex(@"\G,")]
    private static partial Regex Comma();

    [GeneratedRegex(@"\G.+")]
    private static partial Regex Rest();

    private sealed class WrongException(ThresholdProblem problem) : Exception(problem.What)
    {
        public ThresholdProblem Problem { get; } = problem;
    }
}
