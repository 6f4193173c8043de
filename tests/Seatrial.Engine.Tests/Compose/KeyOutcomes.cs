using Seatrial.Testing;

namespace Seatrial.Engine.Tests.Compose;

/// <summary>What becomes of a key of Compose.</summary>
internal enum KeyOutcome
{
    /// <summary>The model has it.</summary>
    Honoured,

    /// <summary>A warning says that it is not honoured.</summary>
    Reported,

    /// <summary>An error says what to do in its place.</summary>
    Refused,

    /// <summary>A key of the user's own.</summary>
    Free,

    /// <summary>Nobody says a word: that must not be.</summary>
    Dropped,
}

/// <summary>What reading shows of keys.</summary>
internal static class KeyOutcomes
{
    public static KeyOutcome Of(ComposeKeyCase key)
    {
        var (without, with, _) = key.Read();
        Assert.True(without.Project is not null, $"{key.Key}: {string.Join('\n', without.Problems)}");
        if (with.Project is not { } project)
        {
            return KeyOutcome.Refused;
        }

        if (with.Problems.Any(problem => problem.What.Contains("not honoured", StringComparison.Ordinal)))
        {
            return KeyOutcome.Reported;
        }

        Assert.True(with.Problems.Count is 0, $"{key.Key}: {string.Join('\n', with.Problems)}");
        return ModelText.Of(project) != ModelText.Of(without.Project) ? KeyOutcome.Honoured
            : key.Key.Contains("x-", StringComparison.Ordinal) ? KeyOutcome.Free
            : KeyOutcome.Dropped;
    }
}
