namespace Seatrial.Worker.DeadLetters;

/// <summary>A record that was given up, as its row says.</summary>
internal sealed record DeadLetter(long Id, string Key, int Attempts, DateTime? DiedAt, string Error);
