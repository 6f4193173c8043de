using System.Buffers.Text;
using System.Text;
using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Histories;

/// <summary>From a tuple's bytes to a row's state; values that did not change keep the strings they had.</summary>
internal sealed class RowReader(RecordMapping mapping)
{
    private readonly StringPool _owners = new();
    private readonly byte[][] _stages = [.. mapping.Stages.Select(Encoding.UTF8.GetBytes)];
    private readonly (byte[] State, Phase Phase)[] _states =
    [
        .. mapping.Queue.Ready.Select(state => (Encoding.UTF8.GetBytes(state), Phase.Ready)),
        .. mapping.Queue.Running.Select(state => (Encoding.UTF8.GetBytes(state), Phase.Running)),
        .. mapping.Queue.Done.Select(state => (Encoding.UTF8.GetBytes(state), Phase.Done)),
        .. mapping.Queue.Dead.Select(state => (Encoding.UTF8.GetBytes(state), Phase.Dead)),
    ];

    /// <summary>The stage that a row belongs to; null for a queue that is none of the mapping's.</summary>
    public string? StageOf(in MappedColumns columns, string? before)
    {
        if (columns.IsAbsent(ColumnRole.Queue))
        {
            return mapping.Stages[0];
        }

        if (columns.IsUnchanged(ColumnRole.Queue))
        {
            return before;
        }

        if (columns.TryGet(ColumnRole.Queue, out var queue))
        {
            for (var i = 0; i < _stages.Length; i++)
            {
                if (queue.SequenceEqual(_stages[i]))
                {
                    return mapping.Stages[i];
                }
            }
        }

        return null;
    }

    /// <summary>
    /// The row as the columns show it. <paramref name="detail"/> is the error that the row holds, or, when the row
    /// can't be understood (<see cref="Phase.Unclear"/>), why.
    /// </summary>
    public RowState Read(in MappedColumns columns, in RowState before, out string? detail)
    {
        var owner = TextOf(columns, ColumnRole.Owner, before.Owner);
        var key = TextOf(columns, ColumnRole.Key, before.Key);
        var phase = PhaseOf(columns, before.Phase, out detail);
        if (phase is not Phase.Unclear)
        {
            detail = columns.TryGet(ColumnRole.Error, out var error) ? Encoding.UTF8.GetString(error) : null;
        }

        if (!TryEpoch(columns, before.Epoch, out var epoch) || !TryLease(columns, before.LeaseUntil, out var lease))
        {
            columns.TryGet(ColumnRole.Epoch, out var epochText);
            columns.TryGet(ColumnRole.LeaseUntil, out var leaseText);
            detail = $"epoch '{Encoding.UTF8.GetString(epochText)}' is no number, "
                + $"or lease '{Encoding.UTF8.GetString(leaseText)}' no time";
            return before with { Phase = Phase.Unclear };
        }

        return before with { Phase = phase, Owner = owner, Key = key, Epoch = epoch, LeaseUntil = lease };
    }

    /// <summary>Owner or key; the string of before when it is the same.</summary>
    public string? TextOf(in MappedColumns columns, ColumnRole role, string? before)
    {
        if (columns.IsUnchanged(role))
        {
            return before;
        }

        if (!columns.TryGet(role, out var text))
        {
            return null;
        }

        if (before is not null && Ascii.Equals(text, before))
        {
            return before;
        }

        return role is ColumnRole.Owner ? _owners.Intern(text) : Encoding.UTF8.GetString(text);
    }

    /// <summary>False when the value is no number.</summary>
    public static bool TryEpoch(in MappedColumns columns, long? before, out long? epoch)
    {
        epoch = columns.IsUnchanged(ColumnRole.Epoch) ? before : null;
        if (!columns.TryGet(ColumnRole.Epoch, out var text))
        {
            return true;
        }

        var isNumber = Utf8Parser.TryParse(text, out long number, out var consumed) && consumed == text.Length;
        epoch = number;
        return isNumber;
    }

    private static bool TryLease(in MappedColumns columns, long? before, out long? lease)
    {
        lease = columns.IsUnchanged(ColumnRole.LeaseUntil) ? before : null;
        if (!columns.TryGet(ColumnRole.LeaseUntil, out var text))
        {
            return true;
        }

        var isTime = Instants.TryParse(text, out var instant);
        lease = instant;
        return isTime;
    }

    private Phase PhaseOf(in MappedColumns columns, Phase before, out string? detail)
    {
        detail = null;
        if (columns.IsUnchanged(ColumnRole.State))
        {
            return before;
        }

        if (!columns.TryGet(ColumnRole.State, out var text))
        {
            detail = "its state is null";
            return Phase.Unclear;
        }

        foreach (var (state, phase) in _states)
        {
            if (text.SequenceEqual(state))
            {
                return phase;
            }
        }

        detail = $"state '{Encoding.UTF8.GetString(text)}' is in none of the mapping's lists";
        return Phase.Unclear;
    }
}
