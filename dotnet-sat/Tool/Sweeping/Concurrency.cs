using System.Globalization;
using Sat.Records;

namespace Sat.Tool.Sweeping;

/// <summary>How many runs are made at a time, and with how many threads each: never more threads together than there are processors, but
/// for a single run's.</summary>
/// <param name="Jobs">Runs at a time.</param>
/// <param name="Threads">Threads of each; null: the worker's own choice, one a processor or those of the run's earlier part.</param>
/// <param name="Notice">One line on why there are fewer runs at a time than asked for; null: there are not.</param>
internal sealed record Concurrency(int Jobs, int? Threads, string? Notice = null)
{
    /// <summary>Fits what was asked for to the processors.</summary>
    /// <param name="jobs">Runs at a time, as asked for.</param>
    /// <param name="threads">Threads of each, as asked for; null: not given.</param>
    /// <param name="processors">Processors that this process may use.</param>
    /// <param name="onCards">True where runs compute on graphics cards: there the threads decide no bits, and are shared out where none are
    /// given.</param>
    public static Concurrency For(int jobs, int? threads, int processors, bool onCards)
    {
        var shared = Math.Max(1, processors / jobs);
        if (onCards && jobs > 1)
            threads ??= shared;
        var each = threads ?? processors;
        var fitting = Math.Max(1, processors / each);
        if (jobs <= fitting)
            return new Concurrency(jobs, threads);
        var better = Math.Min(jobs, processors / shared);
        return new Concurrency(
            fitting,
            threads,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{jobs} runs at a time with {Count.Of(each, "thread")} each would need {jobs * (long)each} processors, but there {Count.Word(processors, "is", "are")} {processors}: {Count.Of(fitting, "run")} at a time{(better > fitting ? $"; --threads {shared} allows {better}" : "")}"
            )
        );
    }
}
