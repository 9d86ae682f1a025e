namespace Sat.Methods.Supervised.Tests;

/// <summary>Soft targets once more, in plain double precision.</summary>
static class Targets
{
    public static double[][] OneHot(long[] labels, long classes) =>
        [.. labels.Select(y => Enumerable.Range(0, (int)classes).Select(k => k == y ? 1.0 : 0.0).ToArray())];

    /// <summary>t_i &lt;- alpha t_i + (1 - alpha) softmax(logits_i).</summary>
    public static void Move(double[][] targets, LogitsStep step, double alpha)
    {
        foreach (var (i, logits) in step.Index.Zip(step.Logits))
        {
            var exponentials = logits.Select(z => Math.Exp((double)z)).ToArray();
            targets[i] = [.. targets[i].Zip(exponentials, (t, e) => (alpha * t) + ((1 - alpha) * e / exponentials.Sum()))];
        }
    }

    public static float[] Flat(double[][] targets) => [.. targets.SelectMany(row => row).Select(v => (float)v)];
}
