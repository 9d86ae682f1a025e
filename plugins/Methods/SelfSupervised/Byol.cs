using Sat.Sdk;

namespace Sat.Methods.SelfSupervised;

/// <summary>Bootstrap your own latent (arXiv 2006.07733): the target encoder is a slowly moving average of the trained one.</summary>
class Byol : TargetRegression, IStepEnded
{
    readonly MomentumSchedule _momentum;

    public Byol(TrainingTask task, ByolOptions options)
        : this(task, options, views: 2) { }

    protected Byol(TrainingTask task, ByolOptions options, int views)
        : base(task, options, views)
    {
        _momentum = new(options.MomentumSchedule, options.Momentum, task.Epochs * task.StepsPerEpoch);
        Twins.CopyOnline();
    }

    public void StepEnded(long step) => Twins.MoveTarget(_momentum.At(step));
}
