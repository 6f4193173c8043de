namespace Seatrial.Engine.Yaml;

/// <summary>What becomes of a value when another file's value is laid over it.</summary>
internal enum MergeTag
{
    /// <summary>What the rules say of its key.</summary>
    None,

    /// <summary><c>!reset</c>: nothing is left.</summary>
    Reset,

    /// <summary><c>!override</c>: nothing is left of what is below.</summary>
    Override,
}
