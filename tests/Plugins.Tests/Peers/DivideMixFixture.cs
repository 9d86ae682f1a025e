using System.Text.Json.Nodes;
using Sat.Methods.Supervised.Tests;

namespace Sat.Methods.Peers.Tests;

/// <summary>A trace of DivideMix on two networks that are the identity, made from the paper's formulas by
/// <c>Fixtures/peers/dividemix.py</c>: batches of so many samples, epochs of so many steps, of each of which one step is there.</summary>
sealed record DivideMixFixture(JsonObject Options, int Classes, int Batch, int Steps, long[] Labels, DivideMixFixture.Epoch[] Epochs)
{
    /// <summary>One step of an epoch.</summary>
    /// <param name="Survey">Logits of both networks for all samples; empty: the epoch warms up.</param>
    /// <param name="Clean">Probabilities of right labels, by network.</param>
    /// <param name="Step">Counted from 0 within the epoch.</param>
    /// <param name="Batches">What each network is trained on.</param>
    public sealed record Epoch(float[] Survey, float[][] Clean, int Step, TaughtOn[] Batches);

    /// <summary>What a network is trained on: two views of labelled samples, then two of unlabelled ones, with the gradients of the views,
    /// empty where there is none. Of all samples, so many are kept with their labels.</summary>
    public sealed record TaughtOn(int Kept, long[] Labelled, long[] Unlabelled, float[][] Views, float Loss, float[][] Grads);

    public static DivideMixFixture Read(string name) => Fixture.Read<DivideMixFixture>("peer-" + name);
}
