namespace Seatrial.Engine.Compose.Merging;

/// <summary>How a value of one file is laid over the same value of another.</summary>
internal enum MergeRule
{
    /// <summary>Mappings go key by key, lists append, single values replace, null keeps what is below.</summary>
    Deep,

    /// <summary>All of it replaces, null too.</summary>
    Replace,

    /// <summary>Keys with values in either form; each key once.</summary>
    Pairs,

    /// <summary>Texts, or one text; each once.</summary>
    Texts,

    /// <summary>A list of names, or a mapping from name to what is said of it.</summary>
    Names,

    /// <summary>Like <see cref="Names"/>, where a name alone means <c>service_started</c>.</summary>
    Dependencies,

    /// <summary>A text is the context.</summary>
    Build,

    /// <summary>Options of another driver are not mixed in.</summary>
    Logging,

    /// <summary>Lists whose items say by <see cref="ItemKeys"/> which item they replace.</summary>
    Items,
}
