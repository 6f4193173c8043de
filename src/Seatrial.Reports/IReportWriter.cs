using Seatrial.Engine.Runs;

namespace Seatrial.Reports;

/// <summary>One form of a report: a pure function of the run, so that the same run gives the same bytes.</summary>
public interface IReportWriter
{
    /// <summary>The file's name in the run's folder.</summary>
    string FileName { get; }

    /// <summary>The whole file.</summary>
    string Render(RunResult result);
}
