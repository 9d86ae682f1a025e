using System.Runtime.ExceptionServices;

namespace Sat.Datasets.Files.Loading;

/// <summary>Work on several threads. Its first error is thrown as it is.</summary>
static class OnThreads
{
    /// <summary>Does it for each number below <paramref name="count"/>.</summary>
    /// <param name="count">How many numbers.</param>
    /// <param name="threads">How many threads at most, at least 1.</param>
    /// <param name="work">Called by any thread.</param>
    public static void For(int count, int threads, Action<int> work)
    {
        try
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, work);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }
}
