namespace Seatrial.Worker.Http;

/// <summary>What became of a record that a request brought: it is in its queue, now or since it was first
/// sent.</summary>
internal sealed record TakenRecord(string Key, long Id, bool IsNew);
