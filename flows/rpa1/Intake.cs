using Seatrial.Worker.Hosting;
using Seatrial.Worker.Processing;

namespace Rpa1;

/// <summary>Takes in an answer: cleaned it goes to rpa2, broken it goes to the dead letters with every error.</summary>
internal static class Intake
{
    public static void Configure(WorkerBuilder worker) => worker
        .Handle("rpa1", Rpa1Json.Default.SurveyRow, Handle)
        .TakeInOverHttp();

    public static Outcome Handle(Record<SurveyRow> record)
    {
        var (answer, errors) = Cleaning.Clean(record.Payload);
        return answer is null
            ? Outcome.Reject(string.Join(' ', errors))
            : Outcome.Done(new IntakeResult(answer.Missing, answer.Flags), Rpa1Json.Default.IntakeResult)
                .Then("rpa2", answer, Rpa1Json.Default.CleanAnswer);
    }
}

/// <summary>What the intake decided about an answer; the answer itself travels on to rpa2.</summary>
internal sealed record IntakeResult(IReadOnlyDictionary<string, string> Missing, IReadOnlyList<string> Flags);
