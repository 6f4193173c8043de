namespace Seatrial.Engine.Environments;

/// <summary>
/// A container that is, or was, part of an environment; <see cref="KeptOutput"/> is of one that was removed.
/// </summary>
internal sealed record EnvironmentMember(
    PlannedContainer Planned, RunningContainer Container, bool IsCurrent, IReadOnlyList<string>? KeptOutput);

/// <summary>The containers of an environment over its life.</summary>
internal sealed class Membership(IReadOnlyList<EnvironmentMember> members)
{
    private readonly Lock _lock = new();
    private readonly List<EnvironmentMember> _members = [.. members];

    /// <summary>Now, the replaced ones too.</summary>
    public IReadOnlyList<EnvironmentMember> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _members];
            }
        }
    }

    public void Add(EnvironmentMember member)
    {
        lock (_lock)
        {
            _members.Add(member);
        }
    }

    /// <summary>Takes one out of the current ones; only one caller can.</summary>
    public EnvironmentMember Leave(RunningContainer container)
    {
        lock (_lock)
        {
            var at = _members.FindIndex(member => member.IsCurrent && member.Container.Id == container.Id);
            return at < 0
                ? throw new ArgumentException(
                    $"{container.Name} is not of this environment, or was replaced.", nameof(container))
                : _members[at] = _members[at] with { IsCurrent = false };
        }
    }

    /// <summary>Remembers the output of one that goes.</summary>
    public void Keep(EnvironmentMember member, IReadOnlyList<string> output)
    {
        lock (_lock)
        {
            _members[_members.IndexOf(member)] = member with { KeptOutput = output };
        }
    }
}
