using Sat.Records.Options;
using Sat.Sdk;

namespace Sat.Training.Standard;

public sealed class TrainingPlugin : IPlugin
{
    public void Register(IPluginRegistry registry)
    {
        registry.AddOptimizer<SgdOptions>("sgd", "Stochastic gradient descent with momentum and weight decay.", Optimizers.Sgd);
        registry.AddOptimizer<AdamOptions>(
            "adam",
            "Adam, with weight decay added to the gradient.",
            Optimizers.Adam,
            new ComponentDetails { Paper = "arXiv 1412.6980, Algorithm 1" }
        );
        registry.AddOptimizer<AdamWOptions>(
            "adamw",
            "Adam, with weight decay decoupled from the gradient.",
            AdamW.Create,
            new ComponentDetails { Paper = "arXiv 1711.05101, Algorithm 2" }
        );
        registry.AddOptimizer<LarsOptions>(
            "lars",
            "SGD with each layer's step scaled to a share of the length of its weights; biases and normalisation step as with SGD and do not decay.",
            Lars.Create,
            new ComponentDetails { Paper = "arXiv 1708.03888, Algorithm 1; the form of arXiv 2006.07733" }
        );

        registry.AddSchedule<NoOptions>("constant", "The learning rate stays constant.", _ => new ConstantSchedule());
        registry.AddSchedule<StepOptions>("step", "The learning rate is multiplied by a factor at each milestone.", o => new StepSchedule(
            o
        ));
        registry.AddSchedule<CosineOptions>(
            "cosine",
            "The learning rate falls along half a cosine, without restarts.",
            o => new CosineSchedule(o),
            new ComponentDetails { Paper = "arXiv 1608.03983, equation 5, one period" }
        );
        registry.AddSchedule<WarmupCosineOptions>(
            "warmup-cosine",
            "The learning rate rises linearly from 0, then falls along half a cosine; it is set at each step.",
            o => new WarmupCosineSchedule(o),
            new ComponentDetails { Paper = "arXiv 2006.07733, section 3.3" }
        );

        registry.AddAugmentation<NoOptions>("none", "Leaves images as they are.", _ => new NoAugmentation());
        registry.AddAugmentation<CropFlipOptions>(
            "crop-flip",
            "A random crop after zero padding, and a random horizontal flip.",
            o => new CropFlip(o)
        );
    }
}
