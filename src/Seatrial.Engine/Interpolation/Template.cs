namespace Seatrial.Engine.Interpolation;

/// <summary>What a text with <c>$VARIABLES</c> comes to.</summary>
internal sealed record Expansion(string Text, IReadOnlyList<TemplateIssue> Issues);

/// <summary>What is wrong in such a text.</summary>
internal abstract record TemplateIssue
{
    private TemplateIssue()
    {
    }

    /// <summary>A variable without value and default; it comes to nothing.</summary>
    internal sealed record Unset(string Variable) : TemplateIssue;

    /// <summary>A variable that has to have a value (<c>${V:?message}</c>).</summary>
    internal sealed record Required(string Variable, string Message) : TemplateIssue;

    /// <summary>A <c>${</c> that opens nothing that is understood.</summary>
    internal sealed record Invalid(string Excerpt) : TemplateIssue;
}

/// <summary>
/// Compose's interpolation: <c>$V</c>, <c>${V}</c>, <c>${V:-default}</c>, <c>${V-default}</c>, <c>${V:?message}</c>,
/// <c>${V?message}</c>, <c>${V:+other}</c>, <c>${V+other}</c>, nested in each other, <c>$$</c> for a dollar sign. The
/// colon makes an empty value count as unset. What is not needed is not looked at.
/// </summary>
internal sealed class Template
{
    private const int DeepestNesting = 32;

    private readonly Func<string, string?> _lookup;
    private readonly List<TemplateIssue> _issues = [];

    private Template(Func<string, string?> lookup) => _lookup = lookup;

    /// <summary>Expands; <paramref name="lookup"/> says a variable's value, null when it has none.</summary>
    public static Expansion Expand(string text, Func<string, string?> lookup)
    {
        var template = new Template(lookup);
        return new Expansion(template.Expand(text, 0), template._issues);
    }

    private string Expand(string text, int depth)
    {
        if (depth > DeepestNesting)
        {
            _issues.Add(new TemplateIssue.Invalid(text));
            return "";
        }

        var result = new System.Text.StringBuilder();
        for (var i = 0; i < text.Length;)
        {
            var rest = text.AsSpan(i);
            if (rest.StartsWith("$$"))
            {
                result.Append('$');
                i += 2;
            }
            else if (rest.StartsWith("${"))
            {
                var end = ClosingBrace(text, i);
                result.Append(Braced(text, i, end, depth));
                i = end < 0 ? text.Length : end + 1;
            }
            else if (rest[0] is '$' && NameLength(rest[1..]) is > 0 and var length)
            {
                result.Append(ValueOrNothing(text.Substring(i + 1, length)));
                i += 1 + length;
            }
            else
            {
                result.Append(text[i++]);
            }
        }

        return result.ToString();
    }

    private string Braced(string text, int start, int end, int depth)
    {
        var inside = end < 0 ? "" : text[(start + 2)..end];
        var name = inside[..NameLength(inside)];
        var rest = inside[name.Length..];
        var colon = rest.StartsWith(':') ? 1 : 0;
        if (name.Length is 0 || rest is ":" || (rest.Length > 0 && rest[colon] is not ('-' or '?' or '+')))
        {
            _issues.Add(new TemplateIssue.Invalid(end < 0 ? text[start..] : text[start..(end + 1)]));
            return "";
        }

        if (rest.Length is 0)
        {
            return ValueOrNothing(name);
        }

        var argument = rest[(colon + 1)..];
        var value = _lookup(name);
        var hasValue = value is not null && (colon is 0 || value.Length > 0);
        switch (rest[colon])
        {
            case '+':
                return hasValue ? Expand(argument, depth + 1) : "";
            case '-':
                return hasValue ? value ?? "" : Expand(argument, depth + 1);
            default:
                if (!hasValue)
                {
                    _issues.Add(new TemplateIssue.Required(name, Expand(argument, depth + 1)));
                }

                return value ?? "";
        }
    }

    private string ValueOrNothing(string name)
    {
        if (_lookup(name) is { } value)
        {
            return value;
        }

        _issues.Add(new TemplateIssue.Unset(name));
        return "";
    }

    private static int NameLength(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length
            && (text[length] is '_'
                || char.IsAsciiLetter(text[length])
                || (length > 0 && char.IsAsciiDigit(text[length]))))
        {
            length++;
        }

        return length;
    }

    private static int ClosingBrace(string text, int start)
    {
        var open = 0;
        for (var i = start; i < text.Length; i++)
        {
            if (text[i] is '}' && --open is 0)
            {
                return i;
            }

            if (text[i] is '$' && i + 1 < text.Length && text[i + 1] is '{')
            {
                open++;
                i++;
            }
        }

        return -1;
    }
}
