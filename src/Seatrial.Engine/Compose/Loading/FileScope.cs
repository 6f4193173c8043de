using Seatrial.Engine.Interpolation;

namespace Seatrial.Engine.Compose.Loading;

/// <summary>What the values of a file are read against.</summary>
/// <param name="Directory">The folder that its relative paths start from.</param>
/// <param name="Variables">The variables that it may name.</param>
internal sealed record FileScope(string Directory, Variables Variables);
