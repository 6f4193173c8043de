using Seatrial.Engine.Runs;

namespace Seatrial.Reports.Html;

/// <summary>What holds for the whole run: where its time went, on which images and in which environment.</summary>
internal static class RunSection
{
    public static void Write(HtmlBuilder html, RunResult result)
    {
        WriteSteps(html, result);
        WriteImages(html, result);
        WriteEnvironment(html, result);
    }

    private static void WriteSteps(HtmlBuilder html, RunResult result)
    {
        if (result.Steps.Count == 0)
        {
            return;
        }

        html.Add($"""
            <section><h2>Where the time went</h2>
            <div class="scroll"><table>
            <thead><tr><th scope="col">step</th><th class="num" scope="col">took</th><th scope="col" class="wide"><span
            class="hidden">as a bar</span></th><th scope="col">what was done</th></tr></thead><tbody>
            """);
        var whole = Math.Max(result.Steps.Sum(step => step.Duration.TotalSeconds), result.Duration.TotalSeconds);
        var from = 0.0;
        foreach (var step in result.Steps)
        {
            var to = from + step.Duration.TotalSeconds;
            html.Add($"""
                <tr><td>{step.Name}</td><td class="num">{Figures.Duration(step.Duration)}</td>
                <td>{(whole > 0 ? Tags.Bar(from / whole, to / whole) : default)}</td><td>{step.Detail}</td></tr>
                """);
            from = to;
        }

        html.Add($"</tbody></table></div></section>");
    }

    private static void WriteImages(HtmlBuilder html, RunResult result)
    {
        if (result.Images.Count == 0)
        {
            return;
        }

        html.Add($"""
            <section><h2>Images</h2>
            <div class="scroll"><table>
            <thead><tr><th scope="col">service</th><th scope="col">image</th><th scope="col">id</th></tr></thead><tbody>
            """);
        foreach (var image in result.Images)
        {
            html.Add($"""
                <tr><td>{image.Service}</td><td class="mono">{image.Reference}</td><td class="mono">{image.Id}</td></tr>
                """);
        }

        html.Add($"</tbody></table></div></section>");
    }

    private static void WriteEnvironment(HtmlBuilder html, RunResult result)
    {
        if (result.Environment.Count == 0)
        {
            return;
        }

        html.Add($"""<section><h2>Environment</h2><dl class="environment">""");
        foreach (var (name, value) in result.Environment.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            html.Add($"<div><dt>{name}</dt><dd>{value}</dd></div>");
        }

        html.Add($"</dl></section>");
    }
}
