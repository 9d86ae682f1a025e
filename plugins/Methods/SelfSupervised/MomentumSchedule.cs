namespace Sat.Methods.SelfSupervised;

/// <summary>The momentum tau of the target encoder at each step.</summary>
/// <param name="shape">How it goes on from its start.</param>
/// <param name="start">tau_0, in [0, 1].</param>
/// <param name="steps">K: steps of the whole training.</param>
sealed class MomentumSchedule(MomentumShape shape, double start, long steps)
{
    /// <summary>1 - (1 - tau_0) (cos(pi k / K) + 1) / 2 at step k, counted from 0 (arXiv 2006.07733, section 3.3); or tau_0.</summary>
    public double At(long step) => shape == MomentumShape.Constant ? start : 1 - ((1 - start) * (Math.Cos(Math.PI * step / steps) + 1) / 2);
}
