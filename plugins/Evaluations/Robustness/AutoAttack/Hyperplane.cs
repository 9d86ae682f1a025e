using Sat.Evaluations.Robustness.Attacks;
using static TorchSharp.torch;

namespace Sat.Evaluations.Robustness.AutoAttack;

/// <summary>The hyperplane w x = b for each of some points.</summary>
/// <param name="Normals">w, [n, d].</param>
/// <param name="Offsets">b, [n].</param>
readonly record struct Hyperplane(Tensor Normals, Tensor Offsets)
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
        var excess = (Normals * points).sum(1, keepdim: true) - Offsets.unsqueeze(1);
        var direction = -excess.sign() * Normals.sign();
        var room = where(direction.gt(0), 1 - points, points).mul_(direction.abs());
        var weight = Normals.abs();
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
        var before = cat([zeros_like(excess), stopped.narrow(1, 0, stopped.shape[1] - 1)], 1).gather(1, last);
        var time = ((wanted - before) / still.gather(1, last).clamp_min(float.Epsilon)).clamp_min_(0);
        var change = minimum(time * speed, room);
        return (direction * where(at.lt(reached.shape[1]), change, room)).MoveToOuterDisposeScope();
    }
}
