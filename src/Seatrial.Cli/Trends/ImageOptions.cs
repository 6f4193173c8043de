using System.CommandLine;
using Seatrial.Engine;
using Seatrial.Engine.Trends;

namespace Seatrial.Cli.Trends;

/// <summary>The options by which two images, and not two runs, are compared.</summary>
internal sealed class ImageOptions
{
    private const int UsualPairs = 5;

    private readonly Option<string?> _system = new("--system") { Description = "The system that the images run in." };

    private readonly Option<string?> _service = new("--service") { Description = "The service that runs them." };

    private readonly Option<int?> _pairs = new("--pairs")
    {
        Description = $"How often each is run at least, in turn; {UsualPairs}, if not given. Up to twice as often while "
            + "it can't be told.",
        CustomParser = WholeNumbers.Parse<int>,
    };

    private readonly Option<int?> _records = new("--records")
    {
        Description = "How many records each run has to do; all of the file's, if not given.",
        CustomParser = WholeNumbers.Parse<int>,
    };

    public void AddTo(Command command)
    {
        command.Add(_system);
        command.Add(_service);
        command.Add(_pairs);
        command.Add(_records);
    }

    /// <summary>Null where runs are to be compared.</summary>
    /// <exception cref="SeatrialException">Something is missing.</exception>
    public ImageComparisonRequest? Read(ParseResult parsed, string[] images)
    {
        var (system, service) = (parsed.GetValue(_system), parsed.GetValue(_service));
        if (system is null && service is null)
        {
            return parsed.GetValue(_pairs) is null && parsed.GetValue(_records) is null ? null : throw Wrong(
                "--pairs and --records are for images that are run in turn.", "Add --system and --service.");
        }

        if (system is null || service is null || images.Length != 2)
        {
            throw Wrong(
                "Images are compared two at a time, in a service of a system.",
                "Write seatrial compare IMAGE_A IMAGE_B --system SYSTEM --service SERVICE.");
        }

        var pairs = parsed.GetValue(_pairs) ?? UsualPairs;
        return pairs >= GroupComparison.LeastRuns
            ? new ImageComparisonRequest(images[0], images[1], system, service, pairs)
            {
                Records = parsed.GetValue(_records),
            }
            : throw Wrong(
                $"{pairs} runs of each can't be told from chance.",
                $"Give --pairs {GroupComparison.LeastRuns} or more.");
    }

    private static SeatrialException Wrong(string what, string fix) =>
        new(ExitCode.Usage, what, "command line: seatrial compare", fix);
}

/// <summary>Two images that a service of a system runs in turn.</summary>
internal sealed record ImageComparisonRequest(string Before, string After, string System, string Service, int Pairs)
{
    public int? Records { get; init; }

    /// <summary>The command line that repeats it.</summary>
    public string Command => $"./seatrial compare {Before} {After} --system {System} --service {Service} --pairs {Pairs}"
        + (Records is { } records ? $" --records {records}" : "");
}
