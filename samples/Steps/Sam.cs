using Sat.Records.Options;
using Sat.Sdk;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Steps;

public sealed record SamOptions
{
    [Option("How far the weights are moved to where the loss is larger", Min = 0, AboveMin = true)]
    public double Rho { get; init; } = 0.05;
}

/// <summary>e = rho g / |g| with g the gradient at w; then a step of the optimizer at w, with the gradient at w + e.</summary>
internal sealed class Sam(TrainingTask task, SamOptions options) : ClassifierMethod(task), IOwnStep
{
    public override Tensor Loss(Batch batch) => cross_entropy(Model.call(batch.Images), batch.Labels);

    public Tensor Step(Batch batch, IStepper stepper)
    {
        stepper.ClearGradients();
        var loss = Loss(batch);
        stepper.Backward(loss);
        var moved = MoveUphill();
        stepper.ClearGradients();
        stepper.Backward(Loss(batch));
        MoveBack(moved);
        stepper.Step();
        return loss;
    }

    private List<(Tensor Weight, Tensor Was)> MoveUphill()
    {
        using var noGradients = no_grad();
        Tensor[] weights = [.. Network.parameters().Where(p => p.grad is not null)];
        var length = stack(weights.Select(w => w.grad!.norm())).norm();
        var moved = new List<(Tensor, Tensor)>();
        foreach (var weight in weights)
        {
            moved.Add((weight, weight.clone()));
            weight.add_(weight.grad! * (options.Rho / (length + 1e-12)));
        }
        return moved;
    }

    private static void MoveBack(List<(Tensor Weight, Tensor Was)> moved)
    {
        using var noGradients = no_grad();
        foreach (var (weight, was) in moved)
            weight.copy_(was);
    }
}
