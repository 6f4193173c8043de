using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Interpolation;

/// <summary>Puts variables into every value of a tree (never into keys), and keeps each value's place.</summary>
internal sealed class Interpolator(Variables variables, ProblemList problems)
{
    // Nodes that aliases share stay shared, so that each is expanded, and complained about, once.
    private readonly Dictionary<YamlNode, YamlNode> _done = new(ReferenceEqualityComparer.Instance);

    /// <summary>The tree with its variables filled in.</summary>
    public YamlNode Apply(YamlNode node)
    {
        if (!_done.TryGetValue(node, out var done))
        {
            done = node switch
            {
                YamlNode.Map map => new YamlNode.Map(
                    map.Position, [.. map.Entries.Select(entry => entry with { Value = Apply(entry.Value) })])
                {
                    Tag = node.Tag,
                },
                YamlNode.List list => new YamlNode.List(list.Position, [.. list.Items.Select(Apply)])
                {
                    Tag = node.Tag,
                },
                YamlNode.Scalar scalar => Expand(scalar),
                _ => node,
            };
            _done[node] = done;
        }

        return done;
    }

    private YamlNode.Scalar Expand(YamlNode.Scalar scalar)
    {
        if (!scalar.Text.Contains('$'))
        {
            return scalar;
        }

        var expansion = Template.Expand(scalar.Text, variables.ValueOf);
        foreach (var issue in expansion.Issues)
        {
            Tell(issue, scalar.Position);
        }

        if (expansion.Issues.Any(issue => issue is not TemplateIssue.Unset))
        {
            problems.Mute(scalar.Position);
        }

        // What comes out of a variable is text, however much it looks like a number; typed readings parse it all the
        // same.
        return new YamlNode.Scalar(scalar.Position, expansion.Text, Plain: false) { Tag = scalar.Tag };
    }

    private void Tell(TemplateIssue issue, SourcePosition at)
    {
        switch (issue)
        {
            case TemplateIssue.Unset unset:
                problems.Add(
                    at, Severity.Warning, $"The variable {unset.Variable} is not set; nothing stands in its place.",
                    $"Set it in the environment or in .env, or write a default: ${{{unset.Variable}:-default}}.");
                break;
            case TemplateIssue.Required required:
                problems.Add(
                    at, Severity.Error, $"The variable {required.Variable} has to have a value.",
                    $"Set {required.Variable} in the environment or in .env.",
                    required.Message.Length is 0 ? null : required.Message);
                break;
            case TemplateIssue.Invalid invalid:
                problems.Add(
                    at, Severity.Error,
                    $"{YamlWords.Shorten(invalid.Excerpt)} is no variable that Compose understands.",
                    "Write ${NAME} or ${NAME:-default}, the name of letters, digits and _, or $$ for a dollar sign.");
                break;
        }
    }
}
