using static TorchSharp.torch;

namespace Sat.Evaluations.Selective;

/// <summary>Scores of rejection, from logits or from passes with dropout.</summary>
static class Scores
{
    /// <summary>1 - max p, added up from the other classes' p, so that it does not end at 0 where float32 has no room below 1.</summary>
    /// <param name="logits">[samples, K].</param>
    public static Scored SoftmaxResponse(Tensor logits)
    {
        var predicted = logits.argmax(1);
        var wide = logits.to(ScalarType.Float64);
        var powers = (wide - wide.amax([1], keepdim: true)).exp();
        var others = powers.scatter(1, predicted.unsqueeze(1), zeros_like(powers)).sum(1);
        return new(predicted, others / (others + 1));
    }

    /// <summary>What passes with dropout say.</summary>
    /// <param name="passes">Mean and variance of p over the passes.</param>
    /// <param name="logits">Those of a pass without dropout, [samples, K].</param>
    /// <param name="measure">What to make of them.</param>
    public static Scored Dropout(PassStatistics passes, Tensor logits, DropoutMeasure measure)
    {
        if (measure == DropoutMeasure.Variance)
        {
            var predicted = logits.argmax(1);
            return new(predicted, At(passes.Variance, predicted));
        }
        var mean = passes.Mean;
        var likeliest = mean.argmax(1);
        return new(likeliest, measure == DropoutMeasure.Mean ? 1 - At(mean, likeliest) : -mean.xlogy(mean).sum(1));

        static Tensor At(Tensor values, Tensor classes) => values.gather(1, classes.unsqueeze(1)).squeeze(1);
    }
}
