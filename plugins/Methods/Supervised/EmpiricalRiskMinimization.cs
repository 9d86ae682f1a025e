using Sat.Sdk;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Sat.Methods.Supervised;

/// <summary>Cross entropy on the given labels.</summary>
sealed class EmpiricalRiskMinimization(TrainingTask task) : ClassifierMethod(task)
{
    public override Tensor Loss(Batch batch) => cross_entropy(Model.call(batch.Images), batch.Labels);
}
