namespace Seatrial.Engine.Trends;

/// <summary>
/// Counts of rare events in two samples: given both together, those of the second are drawn from them by its part of
/// all (Przyborowski and Wilenski, Homogeneity of results in testing samples from Poisson series, 1940).
/// </summary>
public static class RareEvents
{
    /// <summary>The probability that chance alone gives the second sample so many or more, where its events are
    /// <paramref name="times"/> as frequent as the first one's.</summary>
    public static double ProbabilityOfMore(long before, long ofBefore, long after, long ofAfter, double times = 1)
    {
        var (all, part) = (before + after, times * ofAfter / (ofBefore + (times * ofAfter)));
        if (after == 0 || ofBefore <= 0 || ofAfter <= 0)
        {
            return 1;
        }

        // The binomial's tail, term by term from its logarithm.
        var sum = 0.0;
        var term = LogOfTerm(after, all, part);
        for (var count = after; count <= all; count++)
        {
            sum += Math.Exp(term);
            term += Math.Log((double)(all - count) / (count + 1)) + Math.Log(part / (1 - part));
        }

        return Math.Min(1, sum);
    }

    private static double LogOfTerm(long count, long all, double part)
    {
        var log = (count * Math.Log(part)) + ((all - count) * Math.Log(1 - part));
        for (var i = 1L; i <= all - count; i++)
        {
            log += Math.Log((double)(count + i) / i);
        }

        return log;
    }
}
