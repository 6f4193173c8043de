namespace Seatrial.Worker.Telemetry;

/// <summary>The labels of a series, in the order in which they were given.</summary>
internal readonly struct LabelSet : IEquatable<LabelSet>
{
    private readonly KeyValuePair<string, object?>[] _tags;
    private readonly int _hash;

    public LabelSet(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        _tags = tags.IsEmpty ? [] : tags.ToArray();
        var hash = default(HashCode);
        foreach (var tag in _tags)
        {
            hash.Add(tag.Key);
            hash.Add(tag.Value);
        }

        _hash = hash.ToHashCode();
    }

    public IReadOnlyList<KeyValuePair<string, object?>> Tags => _tags;

    public bool Equals(LabelSet other)
    {
        if (_hash != other._hash || _tags.Length != other._tags.Length)
        {
            return false;
        }

        for (var i = 0; i < _tags.Length; i++)
        {
            if (_tags[i].Key != other._tags[i].Key || !Equals(_tags[i].Value, other._tags[i].Value))
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => obj is LabelSet other && Equals(other);

    public override int GetHashCode() => _hash;
}
