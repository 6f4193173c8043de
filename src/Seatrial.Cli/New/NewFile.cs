namespace Seatrial.Cli.New;

/// <summary>A file to be made: where in the repository, and what it says.</summary>
internal sealed record NewFile(string Path, string Text);
