using Sat.Records;

namespace Sat.Sweeps;

/// <summary>Everything that is wrong, each thing once, and the worst exit code among it.</summary>
public sealed class ProblemList
{
    // As they are told: two places in one line are one.
    private readonly HashSet<string> _known = [];
    private readonly List<Problem> _problems = [];
    private int _worst = ExitCode.Fine;

    /// <summary>True while nothing is wrong.</summary>
    public bool IsEmpty => _problems.Count == 0;

    /// <summary>Adds a problem.</summary>
    public void Add(Problem problem, int exitCode = ExitCode.Planning)
    {
        _worst = ExitCode.Worst(_worst, exitCode);
        if (_known.Add(problem.ToString()))
            _problems.Add(problem);
    }

    /// <summary>Adds a problem.</summary>
    public void Add(string message, SourceLocation? at) => Add(new Problem(message, at));

    /// <summary>Adds the problems of an error, at <paramref name="at"/> where they have no place of their own.</summary>
    public void Add(SatException error, SourceLocation? at = null)
    {
        foreach (var problem in error.Problems)
            Add(problem with { At = problem.At ?? at }, error.ExitCode);
    }

    /// <summary>Everything that is wrong, as one reads it: file by file, line by line.</summary>
    public IReadOnlyList<Problem> InOrder()
    {
        var files = _problems.Select(p => p.At?.File).Distinct().ToList();
        return [.. _problems.OrderBy(p => files.IndexOf(p.At?.File)).ThenBy(p => p.At?.Line)];
    }

    /// <summary>Ends with all problems, if there are any.</summary>
    /// <exception cref="SatException">There are.</exception>
    public void ThrowIfAny()
    {
        if (!IsEmpty)
            throw new SatException(_worst, InOrder());
    }
}
