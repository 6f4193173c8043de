using Seatrial.Worker.Hosting;
using Seatrial.Worker.Processing;

namespace Rpa3;

/// <summary>
/// Publishes an answer: under its year and marital status, in which it is counted in the same transaction.
/// </summary>
internal static class Publication
{
    /// <summary>Where answers without a marital status are counted.</summary>
    public const string Unknown = "unknown";

    public static void Configure(WorkerBuilder worker) => worker
        .UseSchema(typeof(Publication).Assembly)
        .ServeResults("rpa.published", "year", "marital")
        .Handle("rpa3", Rpa3Json.Default.ScoredAnswer, Handle)
        .Completing(Summaries.AddAsync);

    public static Outcome Handle(Record<ScoredAnswer> record) =>
        Outcome.Done(
            new PublishedAnswer(record.Payload.Year, GroupOf(record.Payload)), Rpa3Json.Default.PublishedAnswer);

    public static string GroupOf(ScoredAnswer answer) => answer.Marital ?? Unknown;
}

/// <summary>The group in which an answer was counted.</summary>
internal sealed record PublishedAnswer(int Year, string Marital);
