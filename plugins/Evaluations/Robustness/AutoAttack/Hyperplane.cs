using Sat.Evaluations.Robustness.Attacks;
using static TorchSharp.torch;

namespace Sat.Evaluations.Robustness.AutoAttack;

/// <summary>The hyperplanes on which linear functions are 0, one for each of some points. They are known by a value and a slope, so that no
/// large numbers are subtracted from each other near the point where the value is small.</summary>
/// <param name="At">Points, [n, d].</param>
/// <param name="Values">What the functions are there, [n].</param>
/// <param name="Slopes">w, their gradients, [n, d].</param>
readonly record struct Hyperplane(Tensor At, Tensor Values, Tensor Slopes)
{
    /// <summary>
    /// The shortest changes that bring points onto their hyperplanes within the box [0, 1]; where the box does not reach it, all the way
    /// towards it. Every entry moves at a speed of its own until it meets the box: all alike for the largest change, |w| for the sum of
    /// squares. The time at which the hyperplane is met lies between two moments at which an entry stops.
    /// </summary>
    /// <param name="norm">By which changes are measured.</param>
    /// <param name="points">In [0, 1], [n, d].</param>
    /// <returns>[n, d].</returns>
    public Tensor Reach(Norm norm, Tensor points)
    {
        using var scope = NewDisposeScope();
        var excess = Values.unsqueeze(1) + (Slopes * (points - At)).sum(1, keepdim: true);
        var direction = -excess.sign() * Slopes.sign();
        var room = where(direction.gt(0), 1 - points, points).mul_(direction.abs());
        var weight = Slopes.abs();
        var speed = norm == Norm.Linf ? direction.abs() : weight * direction.abs();

        // An entry that does not move stops at once.
        var (stops, order) = where(speed.gt(0), room / speed, zeros_like(room)).sort(1);
        var rates = (weight * speed).gather(1, order);
        var still = rates.flip(1).cumsum(1).flip(1);
        var stopped = (weight * room).gather(1, order).cumsum(1);
        // What is reached when an entry stops: what the stopped ones gave, and the rest so far.
        var moving = cat([still.narrow(1, 1, still.shape[1] - 1), zeros_like(excess)], 1);
        var reached = stopped + (stops * moving);
        var wanted = excess.abs();
        var at = reached.lt(wanted).sum(1, keepdim: true);
        var last = at.clamp_max(reached.shape[1] - 1);
        // Back from that moment by what is too much.
        var surplus = (reached.gather(1, last) - wanted) / still.gather(1, last).clamp_min(float.Epsilon);
        var time = (stops.gather(1, last) - surplus).clamp_min_(0);
        var change = minimum(time * speed, room);
        return (direction * where(at.lt(reached.shape[1]), change, room)).MoveToOuterDisposeScope();
    }
}
