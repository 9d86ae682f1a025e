using Sat.Evaluations.Robustness.Attacks;
using Sat.Evaluations.Robustness.AutoAttack;
using static TorchSharp.torch;

namespace Sat.Evaluations.Robustness.Tests;

/// <summary>Against the code that was published with AutoAttack, within a ball of L2, with the numbers that it drew.</summary>
[TestClass]
public sealed class L2AttackTests
{
    private static readonly AutoAttackFixture Network = AutoAttackFixture.Read();
    private static readonly L2AttackFixture Given = L2AttackFixture.Read();

    private static Ball L2 => new(Norm.L2, Given.Epsilon);

    [TestMethod]
    public void Apgd_makes_the_images_of_the_published_code()
    {
        var apgd = new AutoPgd(L2, Given.Iterations);
        Compare(new AutoPgdCrossEntropy(apgd), Given.AutoPgdCrossEntropy);
        Compare(new AutoPgdTargeted(apgd, 9), Given.AutoPgdTargeted);
    }

    [TestMethod]
    public void Fab_makes_the_images_of_the_published_code() =>
        Compare(new FastAdaptiveBoundary(L2, Given.Iterations, 9), Given.BoundaryTargeted);

    [TestMethod]
    public void Square_has_the_margins_and_makes_the_images_of_the_published_code()
    {
        var margins = new Queue<float[]>(Given.Square.Margins!);
        var square = new SquareAttack(L2, Given.Queries)
        {
            Seen = (query, seen) => Close.Assert(margins.Dequeue(), seen, 0, 1e-4, $"margins of query {query}"),
        };
        Compare(square, Given.Square);
        Assert.IsEmpty(margins);
    }

    private static void Compare(IAttack attack, L2AttackTrace expected)
    {
        using var scope = NewDisposeScope();
        using var attacked = new Attacked(Network.Weights, expected.Images ?? Network.Images, Network.Labels);
        var right = tensor(expected.Correct.Index().Where(c => c.Item).Select(c => (long)c.Index).ToArray());
        var draws = new GivenDraws(expected.Draws);

        var perturbed = attacked.Images.clone();
        perturbed.index_copy_(
            0,
            right,
            attack.Perturb(attacked.Classifier, attacked.Images.index_select(0, right), attacked.Labels.index_select(0, right), draws)
        );

        Close.Assert(expected.FinalImages.Data, perturbed, 0, 1e-4, $"images of {attack.Name}");
        CollectionAssert.AreEqual(
            expected.Robust,
            attacked.Classifier.Correct(perturbed, attacked.Labels).data<bool>().ToArray(),
            attack.Name
        );
        Assert.AreEqual(0, draws.Left);
    }
}
