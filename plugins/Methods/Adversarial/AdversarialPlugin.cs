using Sat.Sdk;

namespace Sat.Methods.Adversarial;

public sealed class AdversarialPlugin : IPlugin
{
    const string TradesPaper =
        "Zhang et al.: Theoretically Principled Trade-off between Robustness and Accuracy, ICML 2019, arXiv 1901.08573, Algorithm 1";

    /// <summary>Attacks change pixels in [0, 1].</summary>
    static readonly Dictionary<string, string> Pixels = new() { ["dataset.normalize"] = "false" };

    public void Register(IPluginRegistry registry)
    {
        registry.AddMethod<AttackOptions>(
            "pgd-at",
            "Adversarial training: cross entropy on images that PGD crafts against the network as it is then.",
            (task, options) => new PgdTraining(task, options),
            new()
            {
                Paper =
                    "Madry et al.: Towards Deep Learning Models Resistant to Adversarial Attacks, ICLR 2018, arXiv 1706.06083, equation 2.1",
                Requires = Pixels,
            }
        );
        registry.AddMethod<TradesOptions>(
            "trades",
            "TRADES: cross entropy on natural images, and the divergence of their predictions from those for crafted ones.",
            (task, options) => new Trades(task, options),
            new() { Paper = TradesPaper, Requires = Pixels }
        );
        registry.AddMethod<TradesSatOptions>(
            "trades-sat",
            "TRADES with self-adaptive training: the loss on natural images is on targets that move towards the model's predictions.",
            (task, options) => new TradesSat(task, options),
            new()
            {
                Paper =
                    "Huang, Zhang, Zhang: Self-Adaptive Training: beyond Empirical Risk Minimization, NeurIPS 2020, arXiv 2002.10319, adversarial training; "
                    + TradesPaper,
                Requires = Pixels,
            }
        );
    }
}
