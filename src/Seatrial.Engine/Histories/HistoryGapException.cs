namespace Seatrial.Engine.Histories;

/// <summary>The log can't be read on without leaving something out; the history ends with this reason.</summary>
internal sealed class HistoryGapException(string reason, Exception? inner = null) : Exception(reason, inner);
