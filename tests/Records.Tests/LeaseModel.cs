using System.Globalization;
using Sat.Records.Runs;

namespace Sat.Records.Tests;

/// <summary>
/// Every order in which processes can take their steps with a lease, by the code that takes it for real. A process is run again
/// from its start with the answers that it has got so far, up to its next step; that one is made on what the folder holds, and
/// the two together are a new state. A process that stalls or crashes is one that makes no more steps, or none for a while. Whether a
/// holder looks alive is answered both ways: nothing may rest on it.
/// </summary>
/// <param name="attempt">How a process tries to take the lease, as <see cref="LeaseProtocol.Attempt"/> does.</param>
/// <param name="namesAlone">True where a process knows its lease by the number alone.</param>
/// <param name="unguarded">True where it does not look at the leases again before it publishes.</param>
/// <param name="forgets">True where a process that gives its lease back leaves nothing of it.</param>
sealed class LeaseModel(
    Func<ILeaseSteps, (bool Again, long? Number)> attempt,
    bool namesAlone = false,
    bool unguarded = false,
    bool forgets = false
)
{
    /// <summary>States that were reached.</summary>
    public int States { get; private set; }

    /// <summary>Looks for an order of steps in which something wrong happens.</summary>
    /// <param name="processes">How many there are.</param>
    /// <param name="start">What the folder holds at first.</param>
    /// <returns>What is wrong and how it comes to be; null: nothing is, in any order.</returns>
    public string? FindFault(int processes, params LeaseMark[] start)
    {
        var first = new State(
            [.. start.Order(Marks)],
            [.. start.Order(Marks).Select(_ => -1)],
            [.. Enumerable.Repeat("", processes)],
            0,
            -1,
            ""
        );
        var seen = new HashSet<string>(StringComparer.Ordinal) { first.Key };
        var open = new Stack<State>([first]);
        while (open.TryPop(out var state))
        {
            for (var process = 0; process < processes; process++)
            {
                foreach (var next in Steps(state, process))
                {
                    if (next.Fault.Length > 0)
                        return next.Fault + ": " + string.Join(" | ", next.Answers);
                    if (seen.Add(next.Key))
                        open.Push(next);
                }
            }
        }
        States = seen.Count;
        return null;
    }

    /// <summary>Processes that end each other's leases for ever would go on without an end: who would take a higher number
    /// stalls.</summary>
    private const int Highest = 3;

    private const string Over = ".";

    private static readonly Comparer<LeaseMark> Marks = Comparer<LeaseMark>.Create(
        (a, b) => (a.Number, a.Ended).CompareTo((b.Number, b.Ended))
    );

    /// <summary>The states that a process's next step leads to; none where it has ended.</summary>
    private IEnumerable<State> Steps(State state, int process)
    {
        if (state.Answers[process] == Over)
            return [];
        var replay = new Replay(state, process, namesAlone);
        Live(replay);
        return replay.Next.Select(next => next.Fault.Length > 0 ? next : Forgetting(next, process));
    }

    /// <summary>The same, but for what a process knows and will not use any more.</summary>
    private State Forgetting(State state, int process)
    {
        var replay = new Replay(state, process, namesAlone) { OnlyLooks = true };
        return Live(replay) is { } known ? state.Knowing(process, known) : state;
    }

    /// <summary>What a process does: it takes the lease, publishes as often as it likes, and gives the lease back.</summary>
    /// <returns>All that it needs to know from here on; null: what it was answered.</returns>
    private string? Live(Replay steps)
    {
        try
        {
            if (steps.Number is not { } number)
            {
                var (again, taken) = attempt(steps);
                if (again)
                    return "";
                if (taken is not { } mine)
                    return Over;
                steps.Begin(mine);
                return Replay.Under(mine);
            }
            if (steps.Likes())
            {
                if (!unguarded && !(steps.IsOwn(number) && LeaseProtocol.IsHighest(steps.List(), number)))
                    return Over;
                return steps.Publish(number) ? Replay.Under(number) : Over;
            }
            steps.End(number);
            if (forgets)
                steps.Discard(new LeaseMark(number, Ended: true));
            return Over;
        }
        catch (StepMade)
        {
            return null;
        }
    }

    /// <summary>A moment.</summary>
    /// <param name="Folder">What lies in the run's folder.</param>
    /// <param name="Owners">Whose each of these is; -1: a process's that is no more.</param>
    /// <param name="Answers">What each process has been answered so far, which is all that it knows.</param>
    /// <param name="Begun">The highest number under which a process has begun to work.</param>
    /// <param name="BegunBy">That process.</param>
    /// <param name="Fault">What is wrong; empty: nothing.</param>
    private sealed record State(LeaseMark[] Folder, int[] Owners, string[] Answers, long Begun, int BegunBy, string Fault)
    {
        public string Key { get; } =
            string.Join(' ', Folder.Select((l, i) => Text(l) + "@" + (Owners[i] < 0 ? "" : Owners[i])))
            + "|"
            + string.Join('|', Answers)
            + "|"
            + Begun.ToString(CultureInfo.InvariantCulture);

        public static string Text(LeaseMark lease) => lease.Number.ToString(CultureInfo.InvariantCulture) + (lease.Ended ? "e" : "h");

        public State Without(LeaseMark lease) =>
            Array.IndexOf(Folder, lease) is >= 0 and var i
                ? this with
                {
                    Folder = [.. Folder[..i], .. Folder[(i + 1)..]],
                    Owners = [.. Owners[..i], .. Owners[(i + 1)..]],
                }
                : this;

        public State With(LeaseMark lease, int owner)
        {
            var at = ~Array.BinarySearch(Folder, lease, Marks);
            return this with { Folder = [.. Folder[..at], lease, .. Folder[at..]], Owners = [.. Owners[..at], owner, .. Owners[at..]] };
        }

        public State Answered(int process, string answer) => Knowing(process, $"{Answers[process]}{answer};");

        public State Knowing(int process, string known)
        {
            string[] answers = [.. Answers];
            answers[process] = known;
            // Made anew, for its key.
            return new State(Folder, Owners, answers, Begun, BegunBy, Fault);
        }

        public int OwnerOf(LeaseMark lease) => Array.IndexOf(Folder, lease) is >= 0 and var i ? Owners[i] : -2;
    }

#pragma warning disable CA1032, CA1064, RCS1194 // It leaves the code of a process, and is caught just outside.
    private sealed class StepMade : Exception;
#pragma warning restore CA1032, CA1064, RCS1194

    /// <summary>Answers a process as before, and makes its next step.</summary>
    private sealed class Replay(State state, int process, bool namesAlone) : ILeaseSteps
    {
        private const char Mark = '#';

        private readonly string[] _answers = state.Answers[process].Split(';')[..^1];
        private int _next = state.Answers[process].StartsWith(Mark) ? 1 : 0;

        /// <summary>The number under which it has begun to work.</summary>
        public long? Number =>
            _answers.Length > 0 && _answers[0].StartsWith(Mark) ? long.Parse(_answers[0][1..], CultureInfo.InvariantCulture) : null;

        /// <summary>True to answer what was answered already, and no more.</summary>
        public bool OnlyLooks { get; init; }

        public static string Under(long number) => string.Create(CultureInfo.InvariantCulture, $"{Mark}{number};");

        /// <summary>Whether it publishes once more.</summary>
        public bool Likes() => Step(() => [(state, "y"), (state, "n")]) == "y";

        public IReadOnlyList<State> Next { get; private set; } = [];

        public IReadOnlyList<LeaseMark> List() =>
            [
                .. Step(() => [(state, string.Join(',', state.Folder.Select(State.Text)))])
                    .Split(',', StringSplitOptions.RemoveEmptyEntries)
                    .Select(t => new LeaseMark(long.Parse(t[..^1], CultureInfo.InvariantCulture), t[^1] == 'e')),
            ];

        public bool IsAlive(long number) => Step(() => [(state, "y"), (state, "n")]) == "y";

        public bool End(long number) => Step(() => [Move(new LeaseMark(number, Ended: false))]) == "y";

        public bool Become(long number)
        {
            var lease = new LeaseMark(number, Ended: false);
            return Step(() => number > Highest ? [] : [state.OwnerOf(lease) == -2 ? (state.With(lease, process), "y") : (state, "n")])
                == "y";
        }

        public void Discard(LeaseMark lease) => Step(() => [(state.Without(lease), "")]);

        /// <summary>It begins to work. That it may have lost its lease by then is nothing yet: what matters is what it can
        /// publish.</summary>
        public void Begin(long number) =>
            Step(() => [(number > state.Begun ? state with { Begun = number, BegunBy = process } : state, "")]);

        /// <summary>Whether the folder that it works in is there.</summary>
        public bool IsOwn(long number) => Step(() => [(state, Owns(number) ? "y" : "n")]) == "y";

        /// <summary>It renames a file out of the folder that it works in.</summary>
        public bool Publish(long number) =>
            Step(() =>
                [
                    !Owns(number)
                        ? (state, "n")
                        : (
                            (number, process) == (state.Begun, state.BegunBy)
                                ? state
                                : state with
                                {
                                    Fault = $"number {number} publishes after number {state.Begun} began",
                                },
                            "y"
                        ),
                ]
            ) == "y";

        private bool Owns(long number) =>
            state.OwnerOf(new LeaseMark(number, Ended: false)) is var owner && (namesAlone ? owner != -2 : owner == process);

        private (State State, string Answer) Move(LeaseMark held)
        {
            var ended = held with { Ended = true };
            return state.OwnerOf(held) is > -2 and var owner && state.OwnerOf(ended) == -2
                ? (state.Without(held).With(ended, owner), "y")
                : (state, "n");
        }

        private string Step(Func<(State State, string Answer)[]> make)
        {
            if (_next < _answers.Length)
                return _answers[_next++];
            if (!OnlyLooks)
                Next = [.. make().Select(s => s.State.Answered(process, s.Answer))];
            throw new StepMade();
        }
    }
}
