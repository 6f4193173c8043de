namespace Seatrial.Worker.Dependencies;

/// <summary>A service answers, and says that it is not well.</summary>
internal sealed class ServiceAnswerException(string target, int status)
    : IOException($"{target} answered with status {status}.");
