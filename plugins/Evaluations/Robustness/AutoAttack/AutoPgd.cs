using Sat.Evaluations.Robustness.Attacks;
using Sat.Evaluations.Robustness.Targets;
using static TorchSharp.torch;

namespace Sat.Evaluations.Robustness.AutoAttack;

/// <summary>
/// Auto-PGD (arXiv 2003.01690, Algorithm 1): gradient ascent with momentum whose step starts at twice the radius, and is halved at
/// checkpoints for each image whose loss does not rise as it should; the image then goes on from where its loss was best.
/// </summary>
/// <param name="ball">What may be reached.</param>
/// <param name="iterations">n.</param>
sealed class AutoPgd(Ball ball, int iterations)
{
    /// <summary>Weight of a step against that of the direction in which the image came (alpha).</summary>
    const double Momentum = 0.75;

    /// <summary>Share of the iterations since the last checkpoint in which the loss must rise (rho).</summary>
    const double RisingShare = 0.75;

    /// <summary>Is told an iteration (-1: the start), the step size of each image and the loss that it led to.</summary>
    public Action<int, Tensor, Tensor>? Seen { get; init; }

    /// <summary>Attacks images once.</summary>
    /// <param name="classifier">What is attacked.</param>
    /// <param name="images">[n, channels, height, width].</param>
    /// <param name="labels">int64 [n].</param>
    /// <param name="loss">What is to rise, from logits to a value an image.</param>
    /// <param name="draws">For the start.</param>
    /// <returns>The last image of each that got another class, and where there was one.</returns>
    public (Tensor Images, Tensor Fooled) Run(
        AttackedClassifier classifier,
        Tensor images,
        Tensor labels,
        Func<Tensor, Tensor> loss,
        IDraws draws
    )
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var state = new State(classifier, labels, loss, Start(images, draws), ball.Radius, iterations);
        Seen?.Invoke(-1, state.StepSize, state.Loss);
        var (interval, since) = (Math.Max((int)(0.22 * iterations), 1), 0);
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            using var stepScope = NewDisposeScope();
            var used = Seen is null ? null : state.StepSize.clone();
            state.Move(Next(state, images, iteration == 0 ? 1 : Momentum), iteration);
            Seen?.Invoke(iteration, used!, state.Loss);
            if (++since < interval)
                continue;
            state.Check(iteration, interval);
            (interval, since) = (Math.Max(interval - Math.Max((int)(0.03 * iterations), 1), Math.Max((int)(0.06 * iterations), 1)), 0);
        }
        return (state.Fooling.MoveToOuterDisposeScope(), state.Fooled.MoveToOuterDisposeScope());
    }

    /// <summary>On the ball's surface, and then within [0, 1].</summary>
    Tensor Start(Tensor images, IDraws draws)
    {
        var direction = ball.Norm == Norm.Linf ? (2 * draws.Uniform(images.shape)) - 1 : draws.Normal(images.shape);
        return (images + (ball.Unit(direction) * ball.Radius)).clamp_(0, 1);
    }

    Tensor Next(State state, Tensor images, double share)
    {
        var step = ball.Project(state.At + ball.Ascent(state.Gradient, Ball.EachImage(state.StepSize)), images);
        return ball.Project(state.At + ((step - state.At) * share) + ((state.At - state.Before) * (1 - share)), images);
    }

    /// <summary>Where the attack of each image is.</summary>
    sealed class State
    {
        readonly AttackedClassifier _classifier;
        readonly Tensor _labels;
        readonly Func<Tensor, Tensor> _lossOf;

        /// <summary>The losses after each iteration, [iterations, n].</summary>
        readonly Tensor _losses;
        readonly Tensor _best;
        readonly Tensor _bestGradient;
        readonly Tensor _bestLoss;
        readonly Tensor _bestLossAtCheck;
        readonly Tensor _halvedAtCheck;

        public State(AttackedClassifier classifier, Tensor labels, Func<Tensor, Tensor> loss, Tensor start, double radius, int iterations)
        {
            (_classifier, _labels, _lossOf) = (classifier, labels, loss);
            var (values, gradients, logits) = classifier.Differentiate(start, loss);
            (At, Before, Fooling) = (start, start.clone(), start.clone());
            (Gradient, Loss) = (gradients, values);
            Fooled = logits.argmax(1).ne(labels);
            StepSize = full_like(values, 2 * radius);
            _losses = zeros([iterations, values.shape[0]], device: values.device);
            (_best, _bestGradient, _bestLoss, _bestLossAtCheck) = (start.clone(), gradients.clone(), values.clone(), values.clone());
            _halvedAtCheck = ones_like(Fooled);
        }

        public Tensor At { get; }

        /// <summary>The images one iteration ago.</summary>
        public Tensor Before { get; }

        public Tensor Gradient { get; }

        public Tensor Loss { get; }

        /// <summary>[n].</summary>
        public Tensor StepSize { get; }

        /// <summary>The last of each that got another class.</summary>
        public Tensor Fooling { get; }

        public Tensor Fooled { get; }

        public void Move(Tensor to, int iteration)
        {
            var (values, gradients, logits) = _classifier.Differentiate(to, _lossOf);
            Before.copy_(At);
            At.copy_(to);
            Gradient.copy_(gradients);
            Loss.copy_(values);
            var fooled = logits.argmax(1).ne(_labels);
            Fooled.logical_or_(fooled);
            Replace(Fooling, fooled, to);
            _losses[iteration] = values;
            var better = values.gt(_bestLoss);
            Replace(_best, better, to);
            Replace(_bestGradient, better, gradients);
            _bestLoss.copy_(where(better, values, _bestLoss));
        }

        /// <summary>Halves the step of images whose loss rose too rarely, or not at all since a checkpoint at which it was not
        /// halved.</summary>
        public void Check(int iteration, int interval)
        {
            var rises = zeros_like(Loss);
            for (var i = iteration; i > iteration - interval; i--)
                // Before the first loss lies the last row, which is 0 then, as in the published code.
                rises.add_(_losses[i].gt(_losses[i == 0 ? _losses.shape[0] - 1 : i - 1]).to(ScalarType.Float32));
            var halve = rises
                .le(RisingShare * interval)
                .logical_or_(_halvedAtCheck.logical_not().logical_and_(_bestLossAtCheck.ge(_bestLoss)));
            _halvedAtCheck.copy_(halve);
            _bestLossAtCheck.copy_(_bestLoss);
            StepSize.copy_(where(halve, StepSize / 2, StepSize));
            Replace(At, halve, _best);
            Replace(Gradient, halve, _bestGradient);
        }

        static void Replace(Tensor images, Tensor which, Tensor by) => images.copy_(where(Ball.EachImage(which), by, images));
    }
}
