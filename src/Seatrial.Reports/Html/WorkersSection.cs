using Seatrial.Engine.Runs;

namespace Seatrial.Reports.Html;

/// <summary>How the work was shared.</summary>
internal static class WorkersSection
{
    public static void Write(HtmlBuilder html, SuiteResult suite)
    {
        if (suite.Workers.Count == 0)
        {
            return;
        }

        html.Add($"""
            <section><h3>How the work was shared</h3>
            <div class="scroll"><table>
            <thead><tr><th scope="col">queue</th><th scope="col">worker</th><th class="num" scope="col">claims</th>
            <th class="num" scope="col">done</th><th class="num" scope="col">share</th><th scope="col"
            class="wide"><span class="hidden">share as a bar</span></th></tr></thead>
            <tbody>
            """);
        var queues = suite.Queues.Select(queue => queue.Queue)
            .Concat(suite.Workers.Select(worker => worker.Queue))
            .Distinct()
            .ToList();
        foreach (var queue in queues)
        {
            WriteQueue(html, queue, Tags.Queue(queues.IndexOf(queue)), [.. suite.Workers.Where(w => w.Queue == queue)]);
        }

        html.Add($"</tbody></table></div></section>");
    }

    private static void WriteQueue(HtmlBuilder html, string queue, string style, WorkerShare[] workers)
    {
        var all = workers.Sum(worker => worker.Done);
        foreach (var worker in workers)
        {
            var owner = worker.Container is null || worker.Container == worker.Owner ? "" : worker.Owner;
            html.Add($"""
                <tr><td>{queue}</td><td class="mono name">{worker.Container ?? worker.Owner} <span
                class="muted">{owner}</span></td>
                <td class="num">{Figures.Count(worker.Claims)}</td><td class="num">{Figures.Count(worker.Done)}</td>
                <td class="num">{Figures.Percent(worker.Done, all)}</td>
                <td>{Tags.Bar(0, all > 0 ? (double)worker.Done / all : 0, style)}</td></tr>
                """);
        }
    }
}
